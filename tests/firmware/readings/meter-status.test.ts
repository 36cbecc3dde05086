import { describe, expect, it } from "@jest/globals";
import type { Metering } from "../../../firmware/legal/metering.js";
import { readStatus } from "../../../firmware/readings/meter-status.js";
import { FakeClock } from "../fake-hardware.js";

const healthy = {
  ...{ valve: "open", magnetPresent: false, sensorFaultPresent: false, batteryLow: false },
  ...{ forwardPulses: 7, reversePulses: 2 },
};

function statusOf(state: Partial<Record<keyof typeof healthy, unknown>>, clock = new FakeClock()) {
  const causes: string[] = [];
  const metering = { ...healthy, ...state, commit: (cause: string) => causes.push(cause) };
  const meter = {
    hardware: { clock, power: { batteryMillivolts: 3456 } },
    metering: metering as unknown as Metering,
  };
  return { ...readStatus(meter), causes };
}

describe("a meter's status", () => {
  it.each([
    ["nothing", {}, 0],
    ["a low battery", { batteryLow: true }, 1],
    ["a magnet", { magnetPresent: true }, 7],
    ["a sensor's fault", { sensorFaultPresent: true }, 7],
    ["a valve that failed", { valve: "failed" }, 7],
    ["a magnet and a low battery", { magnetPresent: true, batteryLow: true }, 7],
    ["a moving valve", { valve: "moving" }, 0],
  ])("tells of %s (%j) by the error code %d", (_, state, code) => {
    expect(statusOf(state).errorCode).toBe(code);
  });

  it.each([
    ["open", true],
    ["closed", false],
    ["moving", undefined],
    ["failed", undefined],
    ["unknown", undefined],
    ["none", undefined],
  ])("of a valve that is %s says whether it is open: %s", (valve, isOpen) => {
    expect(statusOf({ valve }).isValveOpen).toBe(isOpen);
  });

  it("is written down before it is told, and says what was counted and measured", () => {
    expect(statusOf({})).toMatchObject({
      ...{ causes: ["before-radio"], forwardPulses: 7, reversePulses: 2, batteryMillivolts: 3456 },
    });
  });

  it("has no date while the clock's is not trusted, and whole seconds when it is", () => {
    const clock = new FakeClock();
    clock.setWallTime(1_772_323_200_999, "unset");
    expect(statusOf({}, clock).epochSeconds).toBeUndefined();
    clock.setWallTime(1_772_323_200_999, "estimated");
    expect(statusOf({}, clock).epochSeconds).toBe(1_772_323_200);
  });
});
