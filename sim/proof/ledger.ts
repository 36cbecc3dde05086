import { require } from "./invariant.js";
import { eventText, valueText } from "./stored-content.js";
import { StoredLog } from "./stored-log.js";

export interface Pulses {
  readonly forward: number;
  readonly reverse: number;
}

export interface AcknowledgedIndex extends Pulses {
  readonly intervalSequence: number;
}

export interface PendingSetting {
  readonly id: number;
  readonly value: number;
}

const nothing: Pulses = Object.freeze({ forward: 0, reverse: 0 });

/**
 * The truth about one meter, and what it has promised so far. The meter is held to it at every start and whenever
 * it shows something.
 */
export class Ledger {
  readonly intervals = new StoredLog({
    label: "interval",
    lost: "value-lost",
    altered: "value-altered",
    text: valueText,
  });
  readonly days = new StoredLog({
    label: "day",
    lost: "value-lost",
    altered: "value-altered",
    text: valueText,
  });
  readonly months = new StoredLog({
    label: "month",
    lost: "value-lost",
    altered: "value-altered",
    text: valueText,
  });
  readonly events = new StoredLog({
    label: "event",
    lost: "event-lost",
    altered: "event-altered",
    text: eventText,
  });
  /** True pulses without those that losses of power have taken: what the meter must show. */
  expected: Pulses = nothing;
  /** What it was when power was last lost; undefined once the meter has shown what it made of that. */
  expectedAtLoss: Pulses | undefined;
  /** The highest register that was stored or shown: no recovery may be below it. */
  committed: Pulses = nothing;
  /** Registers that cut writes may have let through, today or at a later start, until another one is stored. */
  pendingRegisters: Pulses[] = [];
  watermark: AcknowledgedIndex = { ...nothing, intervalSequence: 0 };
  /** Watermarks and settings that a cut may have let through, until something later is confirmed. */
  pendingWatermarks: AcknowledgedIndex[] = [];
  settings = new Map<number, number>();
  pendingSettings: PendingSetting[] = [];
  /** True while the flash takes no more registers: what is told then can't be kept. */
  isRefused = false;
  /** True when a register has been stored since power came. */
  isRecorded = false;
  /** Starts that were no wake from sleep. */
  restarts = 0;
  /** Most pulses that one loss of power has taken. */
  worstLossPulses = 0;
  /** Most bytes that a recovery has read. */
  worstRecoveryBytes = 0;

  count(forward: number, reverse: number): void {
    this.expected = { forward: this.expected.forward + forward, reverse: this.expected.reverse + reverse };
  }

  /** The register as it stands has been stored. */
  commit(): void {
    this.isRefused = false;
    this.isRecorded = true;
    this.committed = this.expected;
    this.pendingRegisters = [];
  }

  /** Pulses that no stored register holds. */
  get unwrittenPulses(): number {
    const { forward, reverse } = minus(this.expected, this.committed);
    return forward + reverse;
  }

  /** The register as it stands was being stored when power went. */
  attempt(): void {
    this.pendingRegisters.push(this.expected);
  }

  /** The battery is gone. A start that is cut off before it shows its register leaves that to the next one. */
  losePower(): void {
    this.expectedAtLoss = this.expected;
    this.isRecorded = false;
  }

  /** The register right after a start that found the pulse input counting on. */
  afterReset(found: Pulses): void {
    const { expected } = this;
    const isExact = found.forward === expected.forward && found.reverse === expected.reverse;
    require(isExact, "inexact-reset", () =>
      `register ${text(found)} after a reset, expected ${text(expected)}`);
  }

  /** The first register that is shown after the battery was connected; returns how many pulses are gone. */
  afterPowerLoss(shown: Pulses): number {
    const { committed, watermark } = this;
    const expected = this.expectedAtLoss ?? this.expected;
    // What has been counted since must be in it to the last pulse.
    const found = minus(shown, minus(this.expected, expected));
    const isPending = this.pendingRegisters.some((pending) => isSame(found, pending));
    const isCounted = found.forward <= expected.forward && found.reverse <= expected.reverse;
    require(isPending || isCounted, "above-truth", () =>
      `register ${text(found)}, in truth ${text(expected)}`);
    require(found.forward >= committed.forward && found.reverse >= committed.reverse, "below-committed", () =>
      `register ${text(found)}, ${text(committed)} was stored`);
    const isKept = found.forward >= watermark.forward && found.reverse >= watermark.reverse;
    require(this.isRefused || isKept, "below-committed", () =>
      `register ${text(found)}, ${text(watermark)} was acknowledged`);
    const lost = expected.forward - found.forward + (expected.reverse - found.reverse);
    this.worstLossPulses = Math.max(this.worstLossPulses, lost);
    this.expected = shown;
    this.expectedAtLoss = undefined;
    return lost;
  }

  /** The watermark as the meter shows it. */
  seeWatermark(found: AcknowledgedIndex): void {
    const { watermark } = this;
    const isPending = this.pendingWatermarks.some((pending) => isSameIndex(found, pending));
    require(isPending || isSameIndex(found, watermark), "watermark-moved", () =>
      `watermark at interval ${found.intervalSequence} (${text(found)}), acknowledged was ` +
      `${watermark.intervalSequence} (${text(watermark)})`);
    this.watermark = found;
    require(this.isRefused || found.forward <= this.expected.forward, "below-committed", () =>
      `${text(found)} was acknowledged, the register is ${text(this.expected)}`);
  }

  /** The settings as the meter shows them. */
  seeSettings(found: ReadonlyMap<number, number>): void {
    for (const [id, value] of found) {
      const isPending = this.pendingSettings.some((pending) => pending.id === id && pending.value === value);
      require(isPending || this.settings.get(id) === value, "setting-lost", () =>
        `setting ${id} is ${value}, stored was ${String(this.settings.get(id))}`);
      this.settings.set(id, value);
    }
    for (const [id, value] of this.settings)
      require(found.has(id), "setting-lost", () => `setting ${id} (${value}) is gone`);
  }

  copyFrom(other: Ledger): void {
    this.intervals.copyFrom(other.intervals);
    this.days.copyFrom(other.days);
    this.months.copyFrom(other.months);
    this.events.copyFrom(other.events);
    this.expected = other.expected;
    this.expectedAtLoss = other.expectedAtLoss;
    this.committed = other.committed;
    this.pendingRegisters = other.pendingRegisters.slice();
    this.watermark = other.watermark;
    this.pendingWatermarks = other.pendingWatermarks.slice();
    this.settings = new Map(other.settings);
    this.pendingSettings = other.pendingSettings.slice();
    this.isRefused = other.isRefused;
    this.isRecorded = other.isRecorded;
    this.restarts = other.restarts;
    this.worstLossPulses = other.worstLossPulses;
    this.worstRecoveryBytes = other.worstRecoveryBytes;
  }
}

function minus(one: Pulses, other: Pulses): Pulses {
  return { forward: one.forward - other.forward, reverse: one.reverse - other.reverse };
}

function isSame(one: Pulses, other: Pulses): boolean {
  return one.forward === other.forward && one.reverse === other.reverse;
}

function isSameIndex(one: AcknowledgedIndex, other: AcknowledgedIndex): boolean {
  return one.intervalSequence === other.intervalSequence && isSame(one, other);
}

function text({ forward, reverse }: Pulses): string {
  return `${forward} forward, ${reverse} reverse`;
}
