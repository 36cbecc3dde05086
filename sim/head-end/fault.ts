/**
 * What a fault is about.
 * - `protocol`: against CoAP, LwM2M or the form of a report.
 * - `future-date`: a reading dated ahead of the head-end's time.
 * - `order`: indexes that contradict each other in the order of their dates.
 * - `altered-repeat`: an interval that came again with other values.
 * - `overlap`: intervals on different boundaries that share time.
 */
export type HeadEndFaultKind = "protocol" | "future-date" | "order" | "altered-repeat" | "overlap";

/** Something that a correct meter with a correct clock would not do. */
export interface HeadEndFault {
  readonly kind: HeadEndFaultKind;
  /** The endpoint or address it came from. */
  readonly source: string;
  readonly text: string;
  /** Dates of the readings concerned, epoch seconds. */
  readonly dates: readonly number[];
}
