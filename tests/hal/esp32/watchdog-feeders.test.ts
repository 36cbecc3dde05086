import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";

/** Fed by an interrupt, or by the loop of events, it would not notice that the application hangs. */
it("the watchdog is fed by the application alone, through its one module", () => {
  const root = join(projectFolder(), "hal", "esp32");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.[chj]s?$/.test(name),
  );
  const feeding = files.filter((name) =>
    /esp_task_wdt_|xs_tally_watchdog_/.test(readFileSync(join(root, name), "utf8")),
  );
  expect(feeding.sort()).toEqual(["watchdog/watchdog.c", "watchdog/watchdog.js"]);
});
