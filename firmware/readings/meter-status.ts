import type { Clock } from "../../hal/clock.js";
import type { Power } from "../../hal/power.js";
import type { Metering } from "../legal/metering.js";

/** LwM2M Device error codes (object 3, resource 11). */
const noError = 0;
const lowBattery = 1;
const peripheralFault = 7;

/** What the meter shows at one moment. */
export interface MeterStatus {
  /** UTC epoch seconds; undefined while the meter does not know the date. */
  readonly epochSeconds: number | undefined;
  /** Seconds since power came: the meter's own time, in which it tells of intervals while it knows no date. */
  readonly poweredSeconds: number;
  readonly forwardPulses: number;
  readonly reversePulses: number;
  readonly batteryMillivolts: number;
  /** LwM2M Device's error code, 0 for none (object 3, resource 11). */
  readonly errorCode: number;
  /** Undefined on a meter without a valve, or when its position is not known. */
  readonly isValveOpen: boolean | undefined;
}

/** Whose status it is. */
export interface ReadMeter {
  readonly hardware: { readonly clock: Clock; readonly power: Pick<Power, "batteryMillivolts"> };
  readonly metering: Metering;
}

/** What the meter shows now, written down before anybody is told of it. */
export function readStatus(
  { hardware, metering }: ReadMeter,
  cause: "before-radio" | "reading" = "before-radio",
): MeterStatus {
  metering.commit(cause);
  const { valve } = metering;
  const { ticks, wallTime } = hardware.clock;
  const { epochMilliseconds, trust } = wallTime;
  let errorCode = noError;
  const isSensorTroubled = metering.magnetPresent || metering.sensorFaultPresent;
  if (valve === "failed" || isSensorTroubled) errorCode = peripheralFault;
  else if (metering.batteryLow) errorCode = lowBattery;
  return {
    epochSeconds: trust === "unset" ? undefined : Math.floor(epochMilliseconds / 1000),
    poweredSeconds: Math.floor(ticks / 1000),
    forwardPulses: metering.forwardPulses,
    reversePulses: metering.reversePulses,
    batteryMillivolts: hardware.power.batteryMillivolts,
    errorCode,
    isValveOpen: valve === "open" || valve === "closed" ? valve === "open" : undefined,
  };
}
