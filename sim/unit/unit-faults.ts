import type { ValveFaults } from "../world/valve/valve.js";
import type { Signal } from "../world/network/network-conditions.js";

/** What a unit can be born with; each is a property of its hardware, its label or its place in the fixture. */
export const unitFaults = Object.freeze([
  "weak-battery",
  "sleep-leak",
  "dead-reed",
  "bouncing-reed",
  "swapped-reeds",
  "stuck-valve",
  "reversed-motor",
  "slow-valve",
  "no-sim",
  "deaf-modem",
  "drifting-crystal",
  "bad-flash-sector",
  "duplicate-serial",
  "wrong-firmware",
  "unplugged",
  "line-noise",
] as const);
export type PlantedFault = (typeof unitFaults)[number];

/** How the reeds are wired and how they work. */
export interface ContactFaults {
  /** Never closes. */
  readonly deadContact?: 0 | 1;
  readonly areSwapped?: boolean;
  /** This contact changes so many times more, an even number, after each transition, 12 ms apart. */
  readonly chatter?: { readonly contact: 0 | 1; readonly changes: number };
}

/** A unit's hardware in figures; absent members are in order. */
export interface UnitCondition {
  /** Of the battery's capacity; 1 unless given. */
  readonly batteryFraction?: number;
  /** Drawn whatever the unit does. */
  readonly leakMilliamperes?: number;
  readonly contacts?: ContactFaults;
  readonly valve?: ValveFaults;
  readonly hasNoSim?: boolean;
  readonly signal?: Signal;
  readonly driftPartsPerMillion?: number;
  /** Of the scratch partition. */
  readonly badSector?: number;
  readonly isLabelledLikeItsPredecessor?: boolean;
  readonly hasForeignImage?: boolean;
  /** The unit falls out of the fixture so long after its first supply. */
  readonly unplugSeconds?: number;
  /** Odds, for each byte in either direction, that it is received as another. */
  readonly noiseOdds?: number;
}

const conditions: Readonly<Record<PlantedFault, UnitCondition>> = Object.freeze({
  // 3.2 V without load, on the knee of the discharge curve.
  "weak-battery": { batteryFraction: 0.04 },
  "sleep-leak": { leakMilliamperes: 0.25 },
  "dead-reed": { contacts: { deadContact: 1 } },
  "bouncing-reed": { contacts: { chatter: { contact: 0, changes: 40 } } },
  "swapped-reeds": { contacts: { areSwapped: true } },
  "stuck-valve": { valve: { jamAngle: 0.5 } },
  "reversed-motor": { valve: { isMotorReversed: true } },
  "slow-valve": { valve: { slowdown: 1.5 } },
  "no-sim": { hasNoSim: true },
  // What a good fixture's antenna gives, less 40 dB.
  "deaf-modem": { signal: { powerDbm: -125, noiseRatioDb: -8, coverageLevel: 2 } },
  "drifting-crystal": { driftPartsPerMillion: 400 },
  "bad-flash-sector": { badSector: 1 },
  "duplicate-serial": { isLabelledLikeItsPredecessor: true },
  "wrong-firmware": { hasForeignImage: true },
  unplugged: { unplugSeconds: 8 },
  "line-noise": { noiseOdds: 0.02 },
});

/** All that is wrong with a unit that was born with these. */
export function conditionOf(faults: readonly PlantedFault[]): UnitCondition {
  return Object.assign({}, ...faults.map((fault) => conditions[fault])) as UnitCondition;
}
