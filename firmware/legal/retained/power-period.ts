import { Slice, type SliceDeclaration, type SliceSource } from "./slice.js";

/** u32 first sequence; base pulses plus one, each u56, 0 when they are not known: 4 forward, 11 reverse. */
const declaration: SliceDeclaration = Object.freeze({ name: "power-period", version: 1, byteLength: 18 });
const firstSequenceAt = 0;
const baseForwardAt = 4;
const baseReverseAt = 11;

/** In place of a first sequence that nobody knows yet; no record has this number. */
const unknownSequence = 0xffffffff;

/** The register at the start of a power period, as it was recovered. */
export interface BasePulses {
  readonly forwardPulses: number;
  readonly reversePulses: number;
}

/**
 * Since when the low-power domain has had its power, as far as the register hangs on it. It has a slice of its own,
 * whose version never changes: after an update the pulse input still counts from where it was.
 */
export class PowerPeriod extends Slice {
  constructor(slices: SliceSource) {
    super(slices, declaration);
  }

  /** False when nobody knows of this period yet, or no longer. */
  get isKnown(): boolean {
    return this.wasValid;
  }

  /** True from the power's coming until the journal has been read: no record is of this period. */
  get isAnnounced(): boolean {
    return this.firstSequence === unknownSequence;
  }

  /** Sequence number of the first journal record of this period. */
  get firstSequence(): number {
    return this.get(firstSequenceAt, 4);
  }

  /**
   * The register that this period began with: what a reset counts on from until the period's first record is stored,
   * for the record before it may by then read otherwise. Undefined when it is not known.
   */
  get basePulses(): BasePulses | undefined {
    const forwardPulses = this.get(baseForwardAt, 7) - 1;
    if (forwardPulses < 0) return undefined;
    return { forwardPulses, reversePulses: this.get(baseReverseAt, 7) - 1 };
  }

  /** Power has come, and nothing else is known. */
  announce(): void {
    this.begin(unknownSequence, undefined);
  }

  /** Another period begins with that register, or what is known of this one is less than it was. */
  begin(firstSequence: number, basePulses: BasePulses | undefined): void {
    this.put(firstSequenceAt, 4, firstSequence);
    this.put(baseForwardAt, 7, basePulses ? basePulses.forwardPulses + 1 : 0);
    this.put(baseReverseAt, 7, basePulses ? basePulses.reversePulses + 1 : 0);
  }
}
