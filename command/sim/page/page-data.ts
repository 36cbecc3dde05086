import type { RunSample } from "../../../sim/run/run-book.js";

/** Something that happened, or began, in a run. */
export interface Mark {
  readonly atSeconds: number;
  readonly kind: MarkKind;
  readonly text: string;
}

/** What a mark's shape says. */
export type MarkKind = "event" | "fault" | "network";

/** A time in which something was amiss, from the start of the run. */
export interface Band {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly text: string;
}

/** One line of the last report, as the head-end decoded it. */
export interface ReportLine {
  readonly path: string;
  readonly meaning: string;
  readonly time: string;
  readonly value: string;
}

/** A volume as the page shows it. */
export interface VolumeUnit {
  readonly name: string;
  readonly perPulse: number;
}

/** Everything that the page shows of a run. */
export interface PageData {
  readonly title: string;
  readonly subtitle: string;
  readonly verdicts: readonly { readonly isGood: boolean; readonly text: string }[];
  readonly tiles: readonly { readonly label: string; readonly value: string }[];
  readonly startEpochSeconds: number;
  readonly samples: readonly RunSample[];
  readonly unit: VolumeUnit;
  readonly cubicMetresPerPulse: number;
  /** For each hour of the day, what flowed in it on average, and at most; in `unit`. */
  readonly hours: readonly { readonly mean: number; readonly most: number }[];
  /** By load, in mAh, the largest first. */
  readonly charges: readonly { readonly name: string; readonly milliampereHours: number }[];
  readonly marks: readonly Mark[];
  readonly bands: readonly Band[];
  readonly reportTitle: string;
  readonly reportLines: readonly ReportLine[];
  readonly repeat: string;
}
