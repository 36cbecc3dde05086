import type { MeterStatus } from "./meter-status.js";

/** What a reading is told as. LwM2M's Time is an integer: seconds since 1970 in UTC. */
export type ReadingType = "integer" | "float" | "string" | "boolean" | "data";

/** What readings are taken from: one moment of one meter. */
export interface ReadingSource {
  readonly status: MeterStatus;
  readonly serialNumber: string;
  readonly productName: string;
  readonly pulseWeightMillilitres: number;
  /** How the contact before this one ended, as `ContactOutcome`. */
  readonly lastContact: number;
}

/** A thing that a meter knows. */
export interface Reading {
  /** SenML's (RFC 8428, 12.1); absent where there is none, or LwM2M's own says it. */
  readonly unit?: string;
  /** LwM2M's object; `medium` for that of what is measured, which the product knows. */
  readonly object: number | "medium";
  readonly instance: number;
  /** The resource, and the resource's instance where it has several. */
  readonly resource: string;
  readonly type: ReadingType;
  /** Its value; undefined when it is not known, or not worth telling. Absent where only a report tells it. */
  readonly read?: (source: ReadingSource) => number | string | boolean | undefined;
}
