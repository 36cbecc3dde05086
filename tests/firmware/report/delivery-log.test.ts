import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { DeliveryLog, type Watermark } from "../../../firmware/report/delivery-log.js";
import { FakeFlash } from "../fake-flash.js";

fc.configureGlobal({ seed: 5 });

const sectors = 4;
const watermarks: fc.Arbitrary<Watermark> = fc.record({
  intervalSequence: fc.nat(0xffffffff),
  forwardPulses: fc.nat({ max: 2 ** 53 - 1 }),
  reversePulses: fc.nat({ max: 2 ** 40 - 1 }),
});

function openLog(flash: FakeFlash): DeliveryLog {
  return new DeliveryLog(flash, () => true);
}

describe("DeliveryLog", () => {
  it("begins with nothing acknowledged", () => {
    expect(openLog(new FakeFlash(sectors)).watermark).toEqual({
      intervalSequence: 0,
      forwardPulses: 0,
      reversePulses: 0,
    });
  });

  it("knows the last acknowledgement, now and when it is opened again", () => {
    fc.assert(
      fc.property(fc.array(watermarks, { minLength: 1, maxLength: 20 }), (acknowledgements) => {
        const flash = new FakeFlash(sectors);
        const log = openLog(flash);
        for (const watermark of acknowledgements) {
          expect(log.acknowledge(watermark)).toBe(true);
          expect(log.watermark).toEqual(watermark);
        }
        expect(openLog(flash).watermark).toEqual(acknowledgements[acknowledgements.length - 1]);
      }),
    );
  });

  it("does so after many laps of its sectors", () => {
    const flash = new FakeFlash(sectors);
    for (let count = 1; count <= 2000; count++)
      openLog(flash).acknowledge({ intervalSequence: count, forwardPulses: 40 * count, reversePulses: 0 });
    expect(openLog(flash).watermark.intervalSequence).toBe(2000);
    const { erasesBySector } = flash.nor.counters;
    expect(Math.max(...erasesBySector) - Math.min(...erasesBySector)).toBeLessThanOrEqual(1);
  });

  it("stays where it was when the flash refuses", () => {
    const flash = new FakeFlash(sectors);
    const log = openLog(flash);
    const first = { intervalSequence: 7, forwardPulses: 70, reversePulses: 1 };
    log.acknowledge(first);
    flash.onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
    expect(log.acknowledge({ ...first, intervalSequence: 8 })).toBe(false);
    expect(log.watermark).toEqual(first);
    flash.onStep = undefined;
    expect(openLog(flash).watermark).toEqual(first);
  });
});
