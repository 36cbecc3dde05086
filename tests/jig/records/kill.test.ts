import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "@jest/globals";

import { killStation } from "../../bench/jig-kill/kill-station.js";
import { describeRecords } from "./records-fixture.js";

describeRecords("a station whose plug is pulled", () => {
  it.each([
    ["with simulated units", "whole-station.js", 4, 3000],
    ["with nothing but its records", "station.js", 8, 400],
  ])(
    "keeps what it showed as stored and uses no key twice, %s",
    async (_, file, kills, longestLifeMilliseconds) => {
      const folder = mkdtempSync(join(tmpdir(), "tally-kill-"));
      const station = join("dist", "tests", "bench", "jig-kill", file);
      const result = await killStation({ kills, seed: 1, folder, station, longestLifeMilliseconds });
      rmSync(folder, { recursive: true });
      expect(result.problems).toEqual([]);
      expect(result.stored).toBeGreaterThan(kills);
    },
  );
});
