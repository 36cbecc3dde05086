import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { DeliveryLog, type Watermark } from "../../../firmware/uplink/delivery-log.js";
import { RetainedSlices } from "../../../firmware/storage/retained-slices.js";
import { recordByteLength, sealRecord } from "../../../firmware/legal/rings/record.js";
import { FakeFlash } from "../fake-flash.js";
import { FakeRetainedMemory } from "../fake-hardware.js";

fc.configureGlobal({ seed: 5 });

/** As many as the partition table gives it. */
const sectors = 6;
const watermarks: fc.Arbitrary<Watermark> = fc.record({
  intervalSequence: fc.nat(0xffffffff),
  forwardPulses: fc.nat({ max: 2 ** 53 - 1 }),
  reversePulses: fc.nat({ max: 2 ** 40 - 1 }),
});

function openLog(flash: FakeFlash): DeliveryLog {
  return new DeliveryLog(storageOn(flash));
}

describe("DeliveryLog", () => {
  it("begins with nothing acknowledged", () => {
    expect(openLog(new FakeFlash(sectors)).watermark).toEqual({
      intervalSequence: 0,
      forwardPulses: 0,
      reversePulses: 0,
    });
  });

  it("takes no watermark from a record that only a newer firmware can read", () => {
    const flash = new FakeFlash(sectors);
    openLog(flash).acknowledge({ intervalSequence: 9, forwardPulses: 90, reversePulses: 1 });
    const { image } = flash.nor;
    for (let address = 0; address < image.length; address += recordByteLength) {
      const record = image.subarray(address, address + recordByteLength);
      if (record[0] !== 1) continue;
      record[0] = 2;
      sealRecord(record);
    }
    expect(openLog(flash).watermark.intervalSequence).toBe(0);
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

  it("does so after many laps of its sectors, each run taking up where the last one ended", () => {
    const flash = new FakeFlash(sectors);
    const memory = new FakeRetainedMemory();
    for (let count = 1; count <= 2000; count++) {
      const retained = new RetainedSlices(memory, "timer");
      const log = new DeliveryLog({ ...storageOn(flash), positions: () => retained.positions("delivery") });
      expect(log.watermark.intervalSequence).toBe(count - 1);
      log.acknowledge({ intervalSequence: count, forwardPulses: 40 * count, reversePulses: 0 });
      retained.save();
    }
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
