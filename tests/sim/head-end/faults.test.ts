import { describe, expect, it } from "@jest/globals";
import type { HeadEndFault } from "../../../sim/head-end/fault.js";
import { blockRecords, indexRecords, meterAtNoon, midnight, period } from "./meter-double.js";

const noon = midnight + 12 * 3600;
const tomorrow = noon + 86_400;

function meterWithFaults() {
  const { meter, device } = meterAtNoon();
  const faults: HeadEndFault[] = [];
  meter.headEnd.onFault = (fault) => {
    faults.push(fault);
  };
  return { meter, device, faults };
}

describe("a fault that the head-end notes", () => {
  it("tells its kind, its source and the dates it is about", () => {
    const { meter, faults } = meterWithFaults();
    meter.send(...indexRecords(tomorrow, [4, 0]));
    expect(faults).toEqual([
      {
        kind: "future-date",
        source: "meter-1",
        text: "report in the future: 2026-01-02T12:00:00.000Z, it is 2026-01-01T12:00:00.000Z",
        dates: [tomorrow],
      },
    ]);
  });

  it("keeps contradictions of order apart from an interval that was altered", () => {
    const { meter, faults } = meterWithFaults();
    meter.send(...blockRecords(midnight, [0, 0], [[5, 0]]));
    meter.send(...indexRecords(midnight + 2 * period, [3, 0]));
    meter.send(...blockRecords(midnight, [0, 0], [[6, 0]]));
    expect(faults.at(-1)?.kind).toBe("altered-repeat");
    expect(faults[0]?.kind).toBe("order");
    expect(faults[0]?.dates).toEqual([midnight + period, midnight + 2 * period]);
  });
});

describe("a report from a fast clock", () => {
  it("is dated by its arrival, so that it does not stand in the way of later ones", () => {
    const { meter, device } = meterWithFaults();
    meter.send(...indexRecords(tomorrow, [4, 0]));
    expect(device.latest).toMatchObject({ forwardPulses: 4, epochSeconds: noon });
    meter.send(...indexRecords(noon, [5, 0]));
    expect(device.latest).toMatchObject({ forwardPulses: 5, epochSeconds: noon });
  });
});
