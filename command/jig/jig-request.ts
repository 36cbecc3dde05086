import type { InstrumentKind } from "../../jig/station/real-unit.js";

/** What `tally jig` is asked for. */
export interface JigRequest {
  readonly recipe: string;
  readonly ports: readonly string[];
  /** As scanned, in the order of the ports. */
  readonly serialNumbers: readonly string[];
  /** Addresses of the instruments: one for all slots, whose channel is the slot's number, or one for each port. */
  readonly instruments: Readonly<Record<InstrumentKind, readonly string[]>>;
  readonly database: string | undefined;
  readonly headEndKey: string | undefined;
  readonly imageHash: string | undefined;
  readonly station: string;
  /** Slots with simulated units; undefined for real ones. */
  readonly simulate: number | undefined;
  /** Units of a campaign, as fast as possible; undefined for one in each slot, in real time. */
  readonly units: number | undefined;
  readonly faultRatePercent: number;
  readonly seed: number;
  readonly isJson: boolean;
}
