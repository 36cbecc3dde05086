import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "@jest/globals";

import { killStation } from "../../bench/jig-kill/kill-station.js";
import { describeRecords } from "./records-fixture.js";

describeRecords("a station whose plug is pulled", () => {
  it("keeps what it showed as stored, uses no key twice, and goes on where it was", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tally-kill-"));
    const station = join("dist", "tests", "bench", "jig-kill", "station.js");
    const result = await killStation({ kills: 8, seed: 1, folder, station });
    rmSync(folder, { recursive: true });
    expect(result.problems).toEqual([]);
    expect(result.stored).toBeGreaterThan(8);
  });
});
