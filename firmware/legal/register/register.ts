import { requireInvariant } from "../../../hal/base/invariant.js";
import { modularDifference } from "../../../hal/base/modular-difference.js";
import type { PulseSample } from "../../../drivers/pulse-counter/pulse-counter.js";
import type { BasePulses } from "../retained/power-period.js";
import type { KeptRegister } from "../retained/metering-memory.js";
import type { MeterRecord } from "./meter-record.js";

/**
 * The meter's two totals in pulses. Both only ever grow; reverse flow is kept apart and never subtracted
 * (OIML R 49-1, 6.3.3 allows either).
 */
export class Register {
  #forwardPulses: number;
  #reversePulses: number;
  #inputForward: number;
  #inputReverse: number;

  private constructor(forward: number, reverse: number, inputForward: number, inputReverse: number) {
    this.#forwardPulses = forward;
    this.#reversePulses = reverse;
    this.#inputForward = inputForward;
    this.#inputReverse = inputReverse;
  }

  /**
   * The register after a loss of power: the pulse input began anew at 0, so all that it shows was counted
   * since what was recovered then.
   */
  static afterPowerLoss(recovered: BasePulses | undefined): Register {
    return new Register(recovered?.forwardPulses ?? 0, recovered?.reversePulses ?? 0, 0, 0);
  }

  /**
   * The register where the pulse input kept its power since the record: the record's low 16 bits of the input
   * tell what was counted since, up to 65,535 pulses. Checkpoints come sooner, unless the journal refuses.
   */
  static afterRecord(record: MeterRecord, sample: PulseSample): Register {
    const forward = modularDifference(sample.forward, record.inputForward) & 0xffff;
    const reverse = modularDifference(sample.reverse, record.inputReverse) & 0xffff;
    return new Register(
      record.forwardPulses,
      record.reversePulses,
      modularDifference(sample.forward, forward),
      modularDifference(sample.reverse, reverse),
    );
  }

  /** The register as it was kept together with the input's whole counters, however much was counted since. */
  static asKept(kept: KeptRegister): Register {
    return new Register(kept.forwardPulses, kept.reversePulses, kept.inputForward, kept.inputReverse);
  }

  /** True when this one is `other`, or what that would be if a record told more than the low 16 bits of the input. */
  continues(other: Register): boolean {
    const forward = this.#forwardPulses - other.#forwardPulses;
    const reverse = this.#reversePulses - other.#reversePulses;
    return forward >= 0 && reverse >= 0 && (forward & 0xffff) === 0 && (reverse & 0xffff) === 0;
  }

  get forwardPulses(): number {
    return this.#forwardPulses;
  }

  get reversePulses(): number {
    return this.#reversePulses;
  }

  /** Adds what the pulse input has counted since the last call. */
  advance(sample: PulseSample): void {
    const forward = modularDifference(sample.forward, this.#inputForward);
    const reverse = modularDifference(sample.reverse, this.#inputReverse);
    requireInvariant(forward >= 0 && reverse >= 0, "the register never falls");
    this.#forwardPulses += forward;
    this.#reversePulses += reverse;
    this.#inputForward = sample.forward;
    this.#inputReverse = sample.reverse;
  }
}
