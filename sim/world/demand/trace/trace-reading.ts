export const timeUnits = Object.freeze(["s", "ms", "us", "min", "h", "days", "excel"] as const);
/** What a number in a time column counts: time since 1970, or days of an Excel sheet (1 is 1900-01-01). */
export type TimeUnit = (typeof timeUnits)[number];

export const dateOrders = Object.freeze(["ymd", "dmy", "mdy"] as const);
/** In which order year, month and day stand. */
export type DateOrder = (typeof dateOrders)[number];

export const decimalSigns = Object.freeze(["point", "comma"] as const);
export type DecimalSign = (typeof decimalSigns)[number];

export const standings = Object.freeze(["yes", "no", "new-meter"] as const);
/**
 * Whether a column holds a counter's standing: `yes`, and then it never goes back; `new-meter`, and where it goes back
 * a new meter was put in; `no`, it holds what flowed in each step.
 */
export type Standing = (typeof standings)[number];

/** How a file is to be read where it doesn't say so itself, or could mean two things. Columns by name, or by number from 1. */
export interface TraceReading {
  /** The column of pulses or volumes. */
  readonly column?: string;
  readonly timeColumn?: string;
  readonly timeUnit?: TimeUnit;
  readonly dateOrder?: DateOrder;
  readonly decimal?: DecimalSign;
  /** A unit of volume, or `pulses`. */
  readonly volumeUnit?: string;
  readonly cumulative?: Standing;
}
