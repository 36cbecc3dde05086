import type { MeterRecord } from "../../firmware/legal/register/meter-record.js";
import type { FaultyFlash } from "../world/flash/faulty-flash.js";
import type { Scheduler } from "../kernel/world.js";
import type { PulseInputModel } from "../world/sensors/pulse-input.js";
import type { Truth } from "../run/truth.js";
import type { ChaosFindings } from "./findings.js";
import { journalledRegisters } from "./flash-witness.js";

const registers = Object.freeze(["forwardPulses", "reversePulses"] as const);

/** Both registers, in pulses. */
export interface Registers {
  readonly forwardPulses: number;
  readonly reversePulses: number;
}

export interface RegisterCheckerOptions {
  readonly scheduler: Scheduler;
  readonly input: PulseInputModel;
  readonly truth: Truth;
  readonly journal: FaultyFlash;
  readonly findings: ChaosFindings;
  /** The meter writes its register down after so many pulses, */
  readonly checkpointPulses: number;
  /** but no sooner than this after the time before; so long, then, may pulses go on beyond them. */
  readonly checkpointSeconds: number;
}

const nothing: Registers = Object.freeze({ forwardPulses: 0, reversePulses: 0 });

/**
 * The register against what could be counted. The pulse input counts while it has power, so while the battery is out
 * (or a magnet holds the reeds) pulses pass that nobody can count: `PulseInputChecker` answers for those. Here,
 * everything it did count must be in the register, exactly, at every record, through every reset. A removal of the
 * battery takes what was counted since the last record that was complete in flash, and nothing more: that loss has a
 * bound, and nothing of it may have been told to the head-end.
 */
export class RegisterChecker {
  #options: RegisterCheckerOptions;
  /** What the register must have shown when this power period began; a range while a torn record leaves it open. */
  #low = nothing;
  #high = nothing;
  /** By the last record that was complete in flash, whose place can still be read. */
  #written = nothing;
  #writtenBefore = nothing;
  /** The highest that any torn record may show. */
  #torn = nothing;
  /** The highest forward index that the head-end has accepted. */
  #told = 0;
  /** The highest forward index that stands in the interval log. */
  #logged = 0;
  #isPowered = false;
  /** Forward and reverse pulses that this power period had counted at its last complete record. */
  #countedAtRecord = 0;

  constructor(options: RegisterCheckerOptions) {
    this.#options = options;
  }

  /** The forward register as it must be now. */
  get forwardPulses(): number {
    return this.#high.forwardPulses + (this.#isPowered ? this.#options.input.read().forward : 0);
  }

  /** Both registers as they must be now. */
  get registers(): Registers {
    const { forward, reverse } = this.#counted;
    return {
      forwardPulses: this.#high.forwardPulses + forward,
      reversePulses: this.#high.reversePulses + reverse,
    };
  }

  powerOn(): void {
    this.#isPowered = true;
    this.#countedAtRecord = 0;
  }

  /** A record was being programmed as power went or a reset struck: it may be found whole, or not. */
  onTornJournal(record: MeterRecord): void {
    this.#torn = maximum(this.#torn, record);
  }

  /** The battery goes, and the flash has been left as it is. */
  powerOff(): void {
    const { findings, journal } = this.#options;
    const end = this.registers;
    this.#checkStaleness();
    this.#isPowered = false;
    const found = journalledRegisters(journal);
    for (const register of registers) {
      if (found[register] < this.#written[register])
        findings.add(
          "register",
          `${register} ${this.#written[register]} was written, ${found[register]} is left`,
        );
      if (found[register] > end[register])
        findings.add("register", `${register} in flash is ${found[register]}, counted were ${end[register]}`);
    }
    if (this.#told > found.forwardPulses)
      findings.add(
        "register",
        `the head-end was told ${this.#told} pulses, but flash holds ${found.forwardPulses} as the battery goes`,
      );
    if (this.#logged > found.forwardPulses)
      findings.add(
        "register",
        `the interval log shows ${this.#logged} pulses, but the journal holds ${found.forwardPulses} as the battery goes`,
      );
    this.#told = Math.min(this.#told, found.forwardPulses);
    this.#logged = Math.min(this.#logged, found.forwardPulses);
    // The loss is told as it will be found if the torn record can't be read.
    const loss = end.forwardPulses - found.forwardPulses + (end.reversePulses - found.reversePulses);
    findings.worstLossPulses = Math.max(findings.worstLossPulses, loss);
    this.#written = found;
    this.#low = found;
    // A record torn at an earlier removal may still be read in one way now and in another then.
    this.#high = maximum(this.#high, maximum(found, this.#torn));
  }

  /** A sector of the journal can't be read any more: it may have held the last record, but not the one before. */
  onJournalSpoilt(): void {
    const { journal, findings } = this.#options;
    const found = journalledRegisters(journal);
    for (const register of registers)
      if (found[register] < this.#writtenBefore[register])
        findings.add("register", `one bad sector took ${register} back to ${found[register]}, two records`);
    this.#written = found;
    this.#told = Math.min(this.#told, found.forwardPulses);
    this.#logged = Math.min(this.#logged, found.forwardPulses);
  }

  /** The head-end has accepted this index. */
  onTold(forwardPulses: number): void {
    this.#told = Math.max(this.#told, forwardPulses);
    const { forwardPulses: most } = this.registers;
    if (forwardPulses > most)
      this.#options.findings.add("head-end", `was told ${forwardPulses} pulses, only ${most} were counted`);
  }

  /** A record of the journal is complete in flash. */
  onJournal(record: MeterRecord): void {
    this.#check(record, "journal");
    this.#writtenBefore = this.#written;
    this.#written = record;
    this.#countedAtRecord = this.#countedPulses;
  }

  /**
   * The meter writes down the register at an interval's end. What a cut left of it may be written once more when its
   * log is opened again, long after: it still tells of this moment.
   */
  onNewInterval(record: MeterRecord): void {
    this.#check(record, "interval log");
  }

  /** A record of the interval log is complete in flash. */
  onInterval(record: MeterRecord): void {
    this.#logged = Math.max(this.#logged, record.forwardPulses);
  }

  /** A register value that the meter has written down: it must be exact. */
  #check(record: MeterRecord, where: string): void {
    const counted = this.#counted;
    const low = { ...this.#low };
    const high = { ...this.#high };
    for (const register of registers) {
      const since = register === "forwardPulses" ? counted.forward : counted.reverse;
      const found = record[register] - since;
      if (found < low[register] || found > high[register])
        this.#options.findings.add(
          "register",
          `${where}: ${register} is ${record[register]}, counted were ${rangeText(low[register] + since, high[register] + since)}`,
        );
      low[register] = high[register] = found;
    }
    this.#low = low;
    this.#high = high;
  }

  get #counted(): { forward: number; reverse: number } {
    return this.#isPowered ? this.#options.input.read() : { forward: 0, reverse: 0 };
  }

  get #countedPulses(): number {
    const { forward, reverse } = this.#counted;
    return forward + reverse;
  }

  #checkStaleness(): void {
    const { truth, scheduler, checkpointPulses, checkpointSeconds, findings } = this.#options;
    const now = scheduler.nowMicroseconds;
    const from = now - checkpointSeconds * 1e6;
    const bound =
      checkpointPulses +
      (truth.forwardPulsesAt(now) - truth.forwardPulsesAt(from)) +
      (truth.reversePulsesAt(now) - truth.reversePulsesAt(from));
    const unwritten = this.#countedPulses - this.#countedAtRecord;
    if (unwritten > bound)
      findings.add(
        "register",
        `${unwritten} pulses were not written down as the battery went, at most ${bound} may`,
      );
  }
}

function maximum(one: Registers, other: Registers): Registers {
  return {
    forwardPulses: Math.max(one.forwardPulses, other.forwardPulses),
    reversePulses: Math.max(one.reversePulses, other.reversePulses),
  };
}

function rangeText(low: number, high: number): string {
  return low === high ? `${low}` : `${low} to ${high}`;
}
