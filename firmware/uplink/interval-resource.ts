/** Where interval values are told. */
export interface IntervalResource {
  readonly object: number;
  /** The resource within the object's instance 0. */
  readonly resource: string;
}

/** Latest Payload of Water Flow Readings. */
const waterFlowReadings: IntervalResource = Object.freeze({ object: 10_266, resource: "6029" });

/**
 * Data of the binary application data container, whose resource 0 has instances. There is no gas twin of object 10266
 * in OMA's registry, so the same packed form travels in this one.
 */
const binaryApplicationData: IntervalResource = Object.freeze({ object: 19, resource: "0/0" });

const gasMeterObject = 3423;

/** The interval values of a meter object, 3424 for water or 3423 for gas. */
export function intervalResource(meterObject: number): IntervalResource {
  return meterObject === gasMeterObject ? binaryApplicationData : waterFlowReadings;
}
