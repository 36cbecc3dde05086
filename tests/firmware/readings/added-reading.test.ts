import { describe, expect, it, jest } from "@jest/globals";
import { water } from "../../../firmware/products/water.js";
import type { Reading, ReadingSource } from "../../../firmware/readings/reading.js";
import * as present from "../../../firmware/readings/readings.js";
import { IntervalSeries } from "../../../firmware/uplink/interval-series.js";
import { readPayload } from "../uplink/report-reader.js";

/** An entry that the table has not got, on an object that nothing else is on. */
const pulseWeight: Reading = {
  ...{ unit: "l", object: 42_768, instance: 0, resource: "3", type: "float" },
  read: ({ pulseWeightMillilitres }) => pulseWeightMillilitres / 1000,
};

jest.unstable_mockModule("../../../firmware/readings/readings.js", () => ({
  ...present,
  readings: { ...present.readings, pulseWeight },
}));
const { objectList, resourcesAt } = await import("../../../firmware/uplink/resources.js");
const { buildReport } = await import("../../../firmware/uplink/report.js");

/** The only other place that has to know of it. */
const product = {
  ...water,
  readings: [...water.readings, "pulseWeight" as present.ReadingName],
  reported: [...water.reported, "pulseWeight" as present.ReadingName],
};

const status = {
  ...{ epochSeconds: 1_772_323_200, poweredSeconds: 70_000 },
  ...{ forwardPulses: 1234, reversePulses: 5, batteryMillivolts: 3571, errorCode: 0, isValveOpen: true },
};
const source: ReadingSource = {
  ...{ status, serialNumber: "W1", productName: "water", pulseWeightMillilitres: 2500, lastContact: 0 },
};

describe("an entry that is added to the table of readings", () => {
  it("can be read", () => {
    const value = { type: "float", value: 2.5 };
    expect(resourcesAt([42_768], product, source)).toEqual([{ path: [42_768, 0, 3], value }]);
  });

  it("has its object instance registered", () => {
    expect(objectList(product)).toBe(`${objectList(water)},</42768/0>`);
  });

  it("is told by each report, with its unit", () => {
    const payload = buildReport({ product, source, series: new IntervalSeries(0, 0) });
    expect(readPayload(payload).at(-1)).toMatchObject({ path: "/42768/0/3", unit: "l", value: 2.5 });
  });

  it("is told by none of the products that do not name it", () => {
    expect(resourcesAt([42_768], water, source)).toEqual([]);
  });
});
