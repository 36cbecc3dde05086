import { cubicMetresOf } from "../legal/calibration.js";
import type { Reading } from "./reading.js";

export const manufacturer = "Tally";
export const firmwareVersion = "0.1.0";

/** An entry, frozen, so that it stays in flash. */
function define<const Entry extends Reading>(entry: Entry): Entry {
  return Object.freeze(entry);
}

/**
 * Everything that a meter knows and tells, once each: Read, Send and the list of what is registered follow from it, and
 * from what a product has of it.
 */
export const readings = Object.freeze({
  manufacturer: define({
    object: 3,
    instance: 0,
    resource: "0",
    type: "string",
    read: () => manufacturer,
  }),
  model: define({
    object: 3,
    instance: 0,
    resource: "1",
    type: "string",
    read: ({ productName }) => productName,
  }),
  serialNumber: define({
    object: 3,
    instance: 0,
    resource: "2",
    type: "string",
    read: ({ serialNumber }) => serialNumber,
  }),
  firmwareVersion: define({
    object: 3,
    instance: 0,
    resource: "3",
    type: "string",
    read: () => firmwareVersion,
  }),
  /** In mV. */
  batteryVoltage: define({
    object: 3,
    instance: 0,
    resource: "7",
    type: "integer",
    read: ({ status }) => status.batteryMillivolts,
  }),
  errorCode: define({
    object: 3,
    instance: 0,
    resource: "11",
    type: "integer",
    read: ({ status }) => status.errorCode,
  }),
  /** The client's own time, wherever it began (LwM2M 1.1 Core, E.4): without a date, seconds since power came. */
  time: define({
    object: 3,
    instance: 0,
    resource: "13",
    type: "integer",
    read: ({ status }) => status.epochSeconds ?? status.poweredSeconds,
  }),
  forwardPulses: define({
    object: "medium",
    instance: 0,
    resource: "4",
    type: "integer",
    read: ({ status }) => status.forwardPulses,
  }),
  volume: define({
    unit: "m3",
    object: "medium",
    instance: 0,
    resource: "1",
    type: "float",
    read: ({ status, pulseWeightMillilitres }) => cubicMetresOf(status.forwardPulses, pulseWeightMillilitres),
  }),
  reversePulses: define({
    object: "medium",
    instance: 1,
    resource: "4",
    type: "integer",
    read: ({ status }) => status.reversePulses,
  }),
  /** Latest Payload of Water Flow Readings: pulses of each interval, packed. */
  flowIntervals: define({
    object: 10_266,
    instance: 0,
    resource: "6029",
    type: "data",
  }),
  /**
   * Data of the binary application data container, whose resource 0 has instances. There is no gas twin of object 10266
   * in OMA's registry, so the same packed form travels in this one.
   */
  intervalData: define({
    object: 19,
    instance: 0,
    resource: "0/0",
    type: "data",
  }),
  valveOpen: define({
    object: 3306,
    instance: 0,
    resource: "5850",
    type: "boolean",
    read: ({ status }) => status.isValveOpen,
  }),
  /** In OMA's private range, for no standard object has it; 0, all delivered, is not worth telling. */
  lastContact: define({
    object: 32_769,
    instance: 0,
    resource: "0",
    type: "integer",
    read: ({ lastContact }) => (lastContact === 0 ? undefined : lastContact),
  }),
} as const satisfies Readonly<Record<string, Reading>>);
export type ReadingName = keyof typeof readings;

/** What a product tells: data of the product. */
export interface ToldReadings {
  /** The LwM2M object of what is measured: 3424 for water, 3423 for gas. */
  readonly meterObject: number;
  /** What can be read, in the order in which it is told; objects are registered in that order too. */
  readonly readings: readonly ReadingName[];
  /** Of these, what each report begins with. */
  readonly reported: readonly ReadingName[];
  /** Where a report tells its intervals. */
  readonly intervals: ReadingName;
}

/** The number of a reading's LwM2M object on a product. */
export function objectOf({ object }: Reading, { meterObject }: Pick<ToldReadings, "meterObject">): number {
  return object === "medium" ? meterObject : object;
}

/** Path of a reading's object instance on a product, for instance `/3424/0`. */
export function instancePathOf(reading: Reading, product: Pick<ToldReadings, "meterObject">): string {
  return `/${objectOf(reading, product)}/${reading.instance}`;
}
