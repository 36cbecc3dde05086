import type { Product } from "../../firmware/products/product.js";
import type { SettingName } from "../../firmware/settings/setting-table.js";
import type { TraceReading } from "../../sim/world/demand/trace/trace-reading.js";
import type { KnownBoard } from "../../manifests/boards/boards.js";
import type { NetworkSituation } from "../../sim/run/network-situations.js";
import type { DaySpan, DemandName, EngineName } from "../kit/option-values.js";

/** What the user asked for, defaults filled in. */
export interface SimArguments {
  readonly product: Product;
  readonly engine: EngineName;
  /** What the meter is built on; undefined for an ideal board. */
  readonly board: KnownBoard | undefined;
  /** Path of a trace; undefined for the demand. */
  readonly trace: string | undefined;
  /** How the trace is to be read where it does not say so itself. */
  readonly reading: TraceReading;
  readonly demand: DemandName;
  /** Undefined for the whole trace, or the household's default. */
  readonly days: number | undefined;
  readonly persons: number;
  readonly seed: number;
  /** Times real time; Infinity for as fast as it goes. */
  readonly speed: number;
  readonly settings: ReadonlyMap<SettingName, number>;
  /** When the mobile network is not there. */
  readonly outages: readonly DaySpan[];
  /** What else is amiss with it, with the SIM or with the head-end. */
  readonly networkSituations: readonly NetworkSituation[];
  /** Path for the meter's event log; undefined to leave it in the meter. */
  readonly eventLog: string | undefined;
  /** Path for what the head-end got, as CSV; undefined for none. */
  readonly readings: string | undefined;
  /** Path for the page with pictures of the run; undefined for none. */
  readonly html: string | undefined;
}

/** What `tally sim` is asked for. */
export interface SimRequest {
  readonly given: SimArguments;
  readonly isJson: boolean;
}

/** Of a household's run. */
export const defaultDays = 30;
