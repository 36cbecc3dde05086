import type { Clock, TimeTrust, WallTime } from "../../hal/clock.js";
import type { PulseInputConnection } from "../../hal/hardware.js";
import type { Power } from "../../hal/power.js";
import { PulseCounter, type PulseSample } from "../../drivers/pulse-counter/pulse-counter.js";
import type { LegalEvents } from "./legal-events.js";
import type { ValueVisitor } from "./periodic/interval-log.js";
import { PeriodicLogs, type PeriodicSettings } from "./periodic/periodic-logs.js";
import { Journal } from "./register/journal.js";
import type { MeterRecord, RecordCause, ValveState } from "./register/meter-record.js";
import { recoverRegister } from "./register/recovery.js";
import type { Register } from "./register/register.js";
import { MeteringMemory } from "./retained/metering-memory.js";
import type { SliceSource } from "./retained/slice.js";
import type { LogStorage } from "./rings/log-storage.js";
import { isBatteryLow, noteSensorChanges } from "./sensor-watch.js";

export { announcePowerPeriod } from "./register/recovery.js";

/** Version of the legally relevant software (WELMEC 7.2), apart from the firmware's own. */
export const meteringVersion = "1.2.0";

/**
 * With so many pulses the register is written down whatever the settings want to wait for: a record tells 65,535 pulses
 * that were counted since, and no more.
 */
const mostUnwrittenPulses = 32_768;

/** What decides how the register is counted and when it is written down. */
export interface LegalSettings extends PeriodicSettings {
  readonly debounceMilliseconds: number;
  readonly magnetSeconds: number;
  readonly checkpointPulses: number;
  readonly checkpointSeconds: number;
  readonly checkpointMinimumSeconds: number;
  readonly batteryLowMillivolts: number;
}

export interface MeteringOptions {
  readonly input: PulseInputConnection;
  readonly storage: LogStorage;
  readonly clock: Clock;
  readonly power: Power;
  readonly retained: SliceSource;
  readonly settings: LegalSettings;
  readonly events: LegalEvents;
  /** Of the calibration that the meter counts under; 0 before the first. */
  readonly calibrationEpoch: number;
}

/**
 * The legally relevant part of the meter, reached through this interface alone: it counts, it writes down and
 * it tells. There is no call that lowers or resets anything.
 */
export class Metering {
  #options: MeteringOptions;
  #memory: MeteringMemory;
  #counter: PulseCounter;
  #journal: Journal;
  #periodic: PeriodicLogs;
  #register: Register;
  #sample: PulseSample;
  #isSettled: boolean;
  #calibrationEpoch: number;
  #valve: ValveState;

  /** Opens the journal and recovers the register: every start of the application is a recovery. */
  constructor(options: MeteringOptions) {
    const { input, storage, clock, retained, settings } = options;
    this.#options = options;
    this.#memory = new MeteringMemory(retained);
    this.#calibrationEpoch = options.calibrationEpoch;
    this.#counter = new PulseCounter({
      input,
      clock,
      debounceMilliseconds: settings.debounceMilliseconds,
      magnetSeconds: settings.magnetSeconds,
    });
    this.#journal = new Journal(storage);
    this.#isSettled = this.#journal.isSettled;
    this.#periodic = new PeriodicLogs(storage, this.#memory, settings);
    this.#sample = this.#counter.sample();
    const { newest } = this.#journal;
    this.#register = recoverRegister(options, this.#journal, newest, this.#sample, this.#memory);
    this.#valve = newest?.valve ?? "none";
  }

  get forwardPulses(): number {
    return this.#register.forwardPulses;
  }

  get reversePulses(): number {
    return this.#register.reversePulses;
  }

  get magnetPresent(): boolean {
    return this.#sample.faults.magnetPresent;
  }

  /** True while the sensor's cable is cut or one of its reeds works alone. */
  get sensorFaultPresent(): boolean {
    const { oneSided, wireCut } = this.#sample.faults;
    return oneSided || wireCut;
  }

  /** True when the supply is below the level at which the battery has to be replaced. */
  get batteryLow(): boolean {
    return isBatteryLow(this.#options);
  }

  /** Sequence number of the newest interval value; 0 before the first. */
  get newestIntervalSequence(): number {
    return this.#periodic.intervals.newestSequence;
  }

  /** At most `count` interval values from sequence number `first` on, oldest first. */
  intervalsFrom(first: number, count: number): MeterRecord[] {
    return this.#periodic.intervals.from(first, count);
  }

  /** Shows the interval values from sequence number `first` on that are dated, as `IntervalLog.visit` does. */
  visitIntervals(first: number, visit: ValueVisitor): void {
    this.#periodic.intervals.visit(first, this.#memory.hasUndatedValues, visit);
  }

  /** At most `count` daily values from sequence number `first` on, oldest first. */
  daysFrom(first: number, count: number): MeterRecord[] {
    return this.#periodic.days.from(first, count);
  }

  /** Takes over what the pulse input has counted. */
  count(): void {
    this.#sample = this.#counter.sample();
    this.#register.advance(this.#sample);
  }

  /** Counts and writes the register down, whatever was written before. */
  checkpoint(cause: RecordCause): boolean {
    this.count();
    const { clock, retained } = this.#options;
    const { epochMilliseconds, trust } = this.now;
    const stored = this.#journal.append(this.entry(cause, secondsOf(epochMilliseconds), trust));
    // An attempt counts like a success: a journal that fails must not keep the meter awake.
    this.#memory.checkpointTicks = Math.max(1, clock.ticks);
    this.#memory.isJournalFailing = !stored;
    this.#isSettled = true;
    retained.save();
    return stored;
  }

  /** What the valve did last; kept with each record. `none` on a meter that never moved one. */
  get valve(): ValveState {
    return this.#valve;
  }

  /** The valve is about to move: written down before it does. */
  recordValveStart(): boolean {
    this.#valve = "moving";
    return this.checkpoint("before-valve");
  }

  /** Where the valve has come to rest. */
  recordValveEnd(valve: "open" | "closed" | "failed"): boolean {
    this.#valve = valve;
    return this.checkpoint("after-valve");
  }

  /** Closes the books of the present calibration and counts on under the next one: the register stays as it is. */
  calibrate(epoch: number): void {
    this.checkpoint("calibration");
    this.#calibrationEpoch = epoch;
    this.checkpoint("calibration");
  }

  /** What the pulse input said when the register was last brought up to date. */
  get sample(): PulseSample {
    return this.#sample;
  }

  /** Counts and, if anything was counted since, writes the register down before somebody is told of it. */
  commit(cause: RecordCause): void {
    this.count();
    if (this.pulsesSinceCheckpoint() > 0) this.checkpoint(cause);
  }

  /**
   * Writes down whatever is due: the register after enough pulses or time, but no more often than the settings
   * allow (the wear of the flash depends on it), and the values of the interval and the day, with the register
   * first, so that it is never below them.
   */
  recordWhatIsDue(): void {
    this.count();
    this.writeWhatIsDue();
    // Behind what is written down: whatever is wrong with the event log, the register is safe by then.
    noteSensorChanges(this.#options, this.#memory, this.#sample.faults);
  }

  /**
   * Sets the clock, and records what falls due by it. What was recorded before the meter knew the date is dated, too.
   * @throws {RangeError} as `Clock.setWallTime` does
   */
  setTime(epochMilliseconds: number, trust: TimeTrust): void {
    const { clock } = this.#options;
    const before = this.now;
    const seconds = secondsOf(before.epochMilliseconds);
    if (before.trust === "unset" && this.#memory.hasUndatedValues) {
      // As with any value, the register is written down first.
      this.checkpoint("interval");
      this.#periodic.dateValues(seconds, secondsOf(epochMilliseconds), trust, this.entry.bind(this));
    }
    clock.setWallTime(epochMilliseconds, trust);
    this.recordWhatIsDue();
  }

  /** Ticks at which `recordWhatIsDue` has to run next, for time's sake. */
  get nextDueTicks(): number {
    const { clock, settings } = this.#options;
    const now = clock.ticks;
    let due = this.#memory.checkpointTicks + settings.checkpointSeconds * 1000;
    const period = settings.intervalSeconds * 1000;
    due = Math.min(due, now + period - (this.now.epochMilliseconds % period));
    if (this.hasEnoughPulses) due = Math.min(due, now + this.checkpointWaitTicks());
    return Math.max(due, now);
  }

  /** After how many more pulses `recordWhatIsDue` has to run; 0 when time alone decides. */
  get nextDuePulses(): number {
    if (this.#memory.isJournalFailing) return 0;
    const unwritten = this.pulsesSinceCheckpoint();
    const { checkpointPulses } = this.#options.settings;
    return Math.max(0, (unwritten < checkpointPulses ? checkpointPulses : mostUnwrittenPulses) - unwritten);
  }

  /** At most `count` values of billing days from sequence number `first` on, oldest first. */
  monthsFrom(first: number, count: number): MeterRecord[] {
    return this.#periodic.months.from(first, count);
  }

  /** Slots and sectors of flash that failed since this object was made. */
  get flashFailures(): number {
    return this.#journal.failures + this.#periodic.failures;
  }

  /** True when the journal holds a record that a newer firmware wrote. */
  get hasUnknownRecord(): boolean {
    return this.#journal.hasUnknownRecord;
  }

  /** Releases the pulse input, which goes on counting, and leaves the register for the next run in retained memory. */
  close(): void {
    const { forward, reverse } = this.#sample;
    this.#memory.keepRegister(this.forwardPulses, this.reversePulses, forward, reverse);
    this.#counter.close();
  }

  private writeWhatIsDue(): void {
    const { clock, settings } = this.#options;
    const { now } = this;
    if (this.#periodic.isDue(now)) {
      this.checkpoint("interval");
      this.#periodic.record(now, this.entry.bind(this));
      // A date would keep it from being taken again after a reset; without one retained memory alone knows.
      if (now.trust === "unset") this.#options.retained.save();
      return;
    }
    const age = clock.ticks - this.#memory.checkpointTicks;
    // After a search the newest record is written anew: it may have been cut off, and be gone at the next start.
    if (this.#memory.checkpointTicks === 0 || !this.#isSettled) this.checkpoint("start");
    else if (age >= settings.checkpointSeconds * 1000) this.checkpoint("interval");
    else if (this.hasEnoughPulses && this.checkpointWaitTicks() === 0) this.checkpoint("pulses");
  }

  /** Milliseconds until another checkpoint is allowed. */
  private checkpointWaitTicks(): number {
    const { clock, settings } = this.#options;
    if (this.pulsesSinceCheckpoint() >= mostUnwrittenPulses) return 0;
    const allowed = this.#memory.checkpointTicks + settings.checkpointMinimumSeconds * 1000;
    return Math.max(0, allowed - clock.ticks);
  }

  /** Enough to be written down; a journal that fails is only tried again when time says so. */
  private get hasEnoughPulses(): boolean {
    return (
      !this.#memory.isJournalFailing &&
      this.pulsesSinceCheckpoint() >= this.#options.settings.checkpointPulses
    );
  }

  private pulsesSinceCheckpoint(): number {
    return this.#journal.pulsesBeyond(this.forwardPulses, this.reversePulses);
  }

  /** Wall time; while there is none, the time since power came stands for it. */
  private get now(): WallTime {
    const { wallTime, ticks } = this.#options.clock;
    return wallTime.trust === "unset" ? { epochMilliseconds: ticks, trust: "unset" } : wallTime;
  }

  private entry(
    cause: RecordCause,
    epochSeconds: number,
    timeTrust: TimeTrust,
  ): Omit<MeterRecord, "sequence"> {
    return {
      cause,
      forwardPulses: this.forwardPulses,
      reversePulses: this.reversePulses,
      epochSeconds,
      timeTrust,
      inputForward: this.#sample.forward & 0xffff,
      inputReverse: this.#sample.reverse & 0xffff,
      valve: this.#valve,
      magnetPresent: this.#sample.faults.magnetPresent,
      sensorFault: this.#sample.faults.illegalTransitions > 0 || this.#sample.faults.sensorFaults > 0,
      batteryLow: this.batteryLow,
      calibrationEpoch: this.#calibrationEpoch,
    };
  }
}

function secondsOf(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
