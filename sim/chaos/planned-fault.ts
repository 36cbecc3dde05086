import type { BadBlockMode } from "../world/flash/bad-sectors.js";
import type { Outage } from "../world/network/network-conditions.js";
import type { ChaosFaultKind } from "./chaos-options.js";

/** When exactly a fault strikes, once its time has come. */
export type Moment =
  | { readonly when: "now" }
  /** Inside a flash program or erase, after so many others; `pick` from 0 to 1 chooses the way it is torn. */
  | { readonly when: "flash"; readonly passed: number; readonly pick: number }
  /** As the application crosses the HAL's boundary, after so many other calls. */
  | { readonly when: "call"; readonly passed: number }
  /** So long after the application has next opened the modem's port. */
  | { readonly when: "report"; readonly delaySeconds: number };

export type ResetCause = "brown-out" | "watchdog" | "software";

/** What is done to the meter or its world. */
export type FaultAction =
  | {
      readonly kind: "powerCuts" | "clockJumps";
      readonly what: "cut";
      readonly moment: Moment;
      readonly offSeconds: number;
      /** Undefined for a cut without a warning. */
      readonly warningSeconds: number | undefined;
      /** Cuts inside the recovery, one after the other. */
      readonly nested: readonly NestedCut[];
    }
  | { readonly kind: "resets"; readonly what: "reset"; readonly moment: Moment; readonly cause: ResetCause }
  | {
      readonly kind: "flashFaults";
      readonly what: "bad-sector";
      /** From 0 to 1: the partition and the sector within it. */
      readonly partitionPick: number;
      readonly sectorPick: number;
      readonly mode: BadBlockMode;
      readonly isImmediate: boolean;
    }
  | { readonly kind: "modemFreezes"; readonly what: "freeze"; readonly moment: Moment }
  | {
      readonly kind: "modemGarbage";
      readonly what: "garbage";
      readonly moment: Moment;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "simLosses"; readonly what: "sim"; readonly durationSeconds: number }
  | { readonly kind: "headEndRestarts"; readonly what: "head-end"; readonly moment: Moment }
  | {
      readonly kind: "clockJumps";
      readonly what: "network-time";
      /** How far ahead of true time the network is, negative when behind. */
      readonly offsetSeconds: number;
      readonly durationSeconds: number;
    }
  | { readonly kind: "magnets"; readonly what: "magnet"; readonly durationSeconds: number }
  | {
      readonly kind: "valveJams";
      readonly what: "valve";
      /** Where the ball sticks, 0 to 1. */
      readonly angle: number;
      readonly durationSeconds: number;
    };

export interface NestedCut {
  readonly moment: Moment;
  readonly offSeconds: number;
}

export type PlannedFault = FaultAction & { readonly atSeconds: number };

/** A time in which water flows backwards, for so many pulses from the first lull at or after that moment. */
export interface ReverseEpisode {
  readonly atSeconds: number;
  readonly pulses: number;
}

/** Loss and delay of datagrams while faults last. */
export interface DatagramConditions {
  readonly uplinkLossOdds: number;
  readonly downlinkLossOdds: number;
  readonly duplicationOdds: number;
  readonly longestDelaySeconds: number;
}

/** Everything that will happen to one meter, known before its run begins. */
export interface FaultPlan {
  readonly seed: number;
  readonly days: number;
  /** Faults end here; the calm begins. */
  readonly faultsEndSeconds: number;
  readonly persons: number;
  /** In order of time. */
  readonly faults: readonly PlannedFault[];
  readonly outages: readonly Outage[];
  readonly reverseEpisodes: readonly ReverseEpisode[];
  readonly datagrams: DatagramConditions | undefined;
  readonly driftPartsPerMillion: number;
  readonly longestBounceMicroseconds: number | undefined;
  /** How many faults of each kind the plan holds. */
  readonly counts: ReadonlyMap<ChaosFaultKind, number>;
}
