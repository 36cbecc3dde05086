import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { newestFailures } from "../../../firmware/failures/failure-entries.js";
import { FailureLog } from "../../../firmware/failures/failure-log.js";
import { FakeFlash } from "../fake-flash.js";

fc.configureGlobal({ seed: 9 });

const noon = 1_772_366_400;

function logOn(flash: FakeFlash): FailureLog {
  return new FailureLog(storageOn(flash));
}

describe("the failure log", () => {
  it("tells what was thrown, where and when, after a restart too", () => {
    const flash = new FakeFlash(6);
    const failure = {
      module: "firmware/wire/coap/endpoint",
      reason: "RangeError: option 4711 is not registered",
    };
    expect(logOn(flash).append(failure, noon)).toBe(true);
    expect(newestFailures(storageOn(flash), 1)).toEqual([
      { text: "firmware/wire/coap/endpoint: RangeError: option 4711 is not registered", epochSeconds: noon },
    ]);
  });

  it("holds nothing at first", () => {
    expect(newestFailures(storageOn(new FakeFlash(6)), 5)).toEqual([]);
  });

  it("tells the newest of many, oldest of them first", () => {
    const flash = new FakeFlash(6);
    const log = logOn(flash);
    for (let count = 1; count <= 200; count++)
      log.append({ module: "m", reason: `failure ${count}` }, noon + count);
    expect(newestFailures(storageOn(flash), 2)).toEqual([
      { text: "m: failure 199", epochSeconds: noon + 199 },
      { text: "m: failure 200", epochSeconds: noon + 200 },
    ]);
  });

  it("keeps any text, other characters than ASCII as question marks and no more than 192", () => {
    const text = fc.string({ maxLength: 250, unit: "binary" });
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 0xffffffff }), (reason, epochSeconds) => {
        const flash = new FakeFlash(6);
        logOn(flash).append({ module: "module", reason }, epochSeconds);
        // eslint-disable-next-line no-control-regex
        const expected = `module: ${reason}`.slice(0, 192).replace(/[^\x00-\x7f]/g, "?");
        expect(newestFailures(storageOn(flash), 1)).toEqual([{ text: expected, epochSeconds }]);
      }),
      { numRuns: 50 },
    );
  });

  it("tells a failure whose end was never written as far as it goes", () => {
    const flash = new FakeFlash(6);
    const log = logOn(flash);
    log.append({ module: "firmware/meter", reason: "Error: a long reason that takes three records" }, noon);
    // The last record of either half is what a power failure leaves blank.
    for (const half of [0, 3]) {
      const start = half * 4096;
      let last = start;
      for (let address = start; address < start + 3 * 4096; address += 32)
        if (flash.nor.image[address] === 1) last = address;
      flash.nor.image.fill(0xff, last, last + 32);
    }
    expect(newestFailures(storageOn(flash), 1)[0]?.text).toBe(
      "firmware/meter: Error: a long reason that takes ",
    );
  });

  it("says so when the flash refuses", () => {
    const flash = new FakeFlash(6);
    const log = logOn(flash);
    flash.program = () => false;
    expect(log.append({ module: "m", reason: "r" }, noon)).toBe(false);
  });
});
