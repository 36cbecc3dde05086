import { describe, expect, it } from "@jest/globals";
import { journalBankSectorCount } from "../../../firmware/legal/register/journal.js";
import { endRun, MeteringBench } from "./metering-bench.js";

const bankByteLength = journalBankSectorCount * 4096;
/** In which a sector of each bank is nearly full, and the next one is erased ahead of need. */
const moments = Array.from({ length: 60 }, (_, index) => 200 + index);

/** Banks that are written in twenty wakes from sleep behind a reset that comes after so many records. */
function banksAfterReset(records: number): Set<number> {
  const bench = new MeteringBench();
  const run = bench.start("power-on");
  for (let count = 0; count < records; count++) run.metering.checkpoint("reading");
  run.retained.save();
  endRun(bench.start("watchdog"));
  const banks = new Set<number>();
  bench.watchPrograms((partition, { address }) => {
    if (partition === "journal") banks.add(Math.floor(address / bankByteLength));
  });
  for (let wake = 0; wake < 20; wake++) {
    const again = bench.start("timer");
    again.metering.checkpoint("reading");
    endRun(again);
  }
  return banks;
}

describe("the journal's banks", () => {
  it("take turns again after a reset, whenever it comes", () => {
    expect(moments.filter((records) => banksAfterReset(records).size < 2)).toEqual([]);
  });
});
