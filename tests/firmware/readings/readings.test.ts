import { describe, expect, it } from "@jest/globals";
import { firmwareVersion, manufacturer, resourcesOf } from "../../../firmware/readings/readings.js";
import type { MeterStatus } from "../../../firmware/readings/meter-status.js";
import { buildSettings } from "../../../firmware/settings/settings.js";
import { water } from "../../../firmware/products/water.js";

const settings = buildSettings(water, new Map());
const status: MeterStatus = {
  epochSeconds: 1_772_323_200,
  forwardPulses: 1234,
  reversePulses: 5,
  batteryMillivolts: 3571,
  errorCode: 7,
  isValveOpen: false,
};

/** What is told at `path` and below, by the full path of each resource. */
function read(path: readonly number[], now = status): [string, unknown][] {
  return resourcesOf(path, { settings, serialNumber: "W1-0001" }, now).map(({ path: resource, value }) => [
    resource.join("/"),
    value.value,
  ]);
}

describe("resourcesOf", () => {
  it("tells all of the device", () => {
    expect(read([3])).toEqual([
      ["3/0/0", manufacturer],
      ["3/0/1", water.name],
      ["3/0/2", "W1-0001"],
      ["3/0/3", firmwareVersion],
      ["3/0/7", 3571],
      ["3/0/11", 7],
      ["3/0/13", 1_772_323_200],
    ]);
  });

  it("tells the registers in pulses and the volume by the weight of a pulse", () => {
    const volume = (1234 * settings.metering.pulseWeightMillilitres) / 1e6;
    expect(read([3424, 0])).toEqual([
      ["3424/0/1", volume],
      ["3424/0/4", 1234],
    ]);
    expect(read([3424, 1, 4])).toEqual([["3424/1/4", 5]]);
  });

  it("tells where the valve stands", () => {
    expect(read([3306, 0, 5850])).toEqual([["3306/0/5850", false]]);
  });

  it("leaves out the time and the valve when they are not known", () => {
    const unknown = { ...status, epochSeconds: undefined, isValveOpen: undefined };
    expect(read([3, 0, 13], unknown)).toEqual([]);
    expect(read([3306], unknown)).toEqual([]);
  });

  it("tells nothing of objects, instances and resources that are not there", () => {
    expect([read([1]), read([3, 1]), read([3, 0, 99]), read([3, 0, 7, 0])]).toEqual([[], [], [], []]);
  });
});
