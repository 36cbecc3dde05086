import type { Clock, TimeTrust } from "../../hal/clock.js";
import type { PulseInputConnection } from "../../hal/hardware.js";
import type { Power } from "../../hal/power.js";
import { modularDifference } from "../../hal/base/modular-difference.js";
import { PulseCounter, type PulseSample } from "../../drivers/pulse-counter/pulse-counter.js";
import type { MeteringSettings } from "../settings/settings.js";
import type { LogStorage } from "../storage/log-storage.js";
import type { BasePulses, RetainedState } from "../storage/retained-state.js";
import type { EventLog } from "../events/event-log.js";
import type { EventName } from "../events/event-names.js";
import type { ValueVisitor } from "./periodic/interval-log.js";
import { Journal } from "./register/journal.js";
import type { MeterRecord, RecordCause, ValveState } from "./register/meter-record.js";
import { PeriodicLogs } from "./periodic/periodic-logs.js";
import { Register } from "./register/register.js";

/** Version of the legally relevant software (WELMEC 7.2), apart from the firmware's own. */
export const meteringVersion = "1.0.0";

/** The first start after power came has stored its first record long before this. */
const freshMilliseconds = 60_000;

/** The battery counts as good again when its voltage is so much above the warning level. */
const batteryHysteresisMillivolts = 100;

export interface MeteringOptions {
  readonly input: PulseInputConnection;
  readonly storage: LogStorage;
  readonly clock: Clock;
  readonly power: Power;
  readonly retained: RetainedState;
  readonly settings: MeteringSettings;
  readonly events: EventLog;
}

/**
 * The legally relevant part of the meter, reached through this interface alone: it counts, it writes down and
 * it tells. There is no call that lowers or resets anything.
 */
export class Metering {
  /** What the valve did last; kept with each record. Set by the valve's policy. */
  valve: ValveState = "none";
  #counter: PulseCounter;
  #clock: Clock;
  #power: Power;
  #retained: RetainedState;
  #settings: MeteringSettings;
  #journal: Journal;
  #periodic: PeriodicLogs;
  #events: EventLog;
  #register: Register;
  #sample: PulseSample;
  #isSettled: boolean;
  #calibrationEpoch: number;

  /** Opens the journal and recovers the register: every start of the application is a recovery. */
  constructor({ input, storage, clock, power, retained, settings, events }: MeteringOptions) {
    this.#clock = clock;
    this.#power = power;
    this.#retained = retained;
    this.#settings = settings;
    this.#calibrationEpoch = retained.calibrationEpoch;
    this.#counter = new PulseCounter({
      input,
      clock,
      debounceMilliseconds: settings.debounceMilliseconds,
      magnetSeconds: settings.magnetSeconds,
    });
    this.#journal = new Journal(storage);
    this.#isSettled = this.#journal.isSettled;
    this.#periodic = new PeriodicLogs(storage, retained, settings);
    this.#events = events;
    this.#sample = this.#counter.sample();
    const { newest } = this.#journal;
    this.#register = this.recover(newest);
    if (newest) this.valve = newest.valve;
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
    return this.#power.batteryMillivolts < this.#settings.batteryLowMillivolts;
  }

  /** Sequence number of the newest interval value; 0 before the first. */
  get newestIntervalSequence(): number {
    return this.#periodic.intervals.newestSequence;
  }

  /** Seconds between interval values. */
  get intervalSeconds(): number {
    return this.#settings.intervalSeconds;
  }

  /** At most `count` interval values from sequence number `first` on, oldest first. */
  intervalsFrom(first: number, count: number): MeterRecord[] {
    return this.#periodic.intervals.from(first, count);
  }

  /** Shows the interval values from sequence number `first` on, oldest first, until `visit` returns false. */
  visitIntervals(first: number, visit: ValueVisitor): void {
    this.#periodic.intervals.visit(first, visit);
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
    const stored = this.#journal.append(this.entry(cause, this.nowSeconds(), this.#clock.wallTime.trust));
    // An attempt counts like a success: a journal that fails must not keep the meter awake.
    this.#retained.checkpointTicks = Math.max(1, this.#clock.ticks);
    this.#retained.isJournalFailing = !stored;
    this.#isSettled = true;
    this.#retained.save();
    return stored;
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
    this.noteChanges();
    if (this.#periodic.isDue(this.#clock.wallTime)) {
      this.checkpoint("interval");
      this.#periodic.record(this.#clock.wallTime, this.entry.bind(this));
      return;
    }
    const age = this.#clock.ticks - this.#retained.checkpointTicks;
    // After a search the newest record is written anew: it may have been cut off, and be gone at the next start.
    if (this.#retained.checkpointTicks === 0 || !this.#isSettled) this.checkpoint("start");
    else if (age >= this.#settings.checkpointSeconds * 1000) this.checkpoint("interval");
    else if (this.hasEnoughPulses && this.checkpointWaitTicks() === 0) this.checkpoint("pulses");
  }

  /** Ticks at which `recordWhatIsDue` has to run next, for time's sake. */
  get nextDueTicks(): number {
    const now = this.#clock.ticks;
    let due = this.#retained.checkpointTicks + this.#settings.checkpointSeconds * 1000;
    const wallTime = this.#clock.wallTime;
    if (wallTime.trust !== "unset") {
      const period = this.#settings.intervalSeconds * 1000;
      const untilBoundary = period - (wallTime.epochMilliseconds % period);
      due = Math.min(due, now + untilBoundary);
    }
    if (this.hasEnoughPulses) due = Math.min(due, now + this.checkpointWaitTicks());
    return Math.max(due, now);
  }

  /** After how many more pulses `recordWhatIsDue` has to run; 0 when time alone decides. */
  get nextDuePulses(): number {
    if (this.#retained.isJournalFailing) return 0;
    return Math.max(0, this.#settings.checkpointPulses - this.pulsesSinceCheckpoint());
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

  /** Releases the pulse input, which goes on counting. */
  close(): void {
    this.#counter.close();
  }

  /** Milliseconds until another checkpoint is allowed. */
  private checkpointWaitTicks(): number {
    const allowed = this.#retained.checkpointTicks + this.#settings.checkpointMinimumSeconds * 1000;
    return Math.max(0, allowed - this.#clock.ticks);
  }

  /** Enough to be written down; a journal that fails is only tried again when time says so. */
  private get hasEnoughPulses(): boolean {
    return (
      !this.#retained.isJournalFailing && this.pulsesSinceCheckpoint() >= this.#settings.checkpointPulses
    );
  }

  private pulsesSinceCheckpoint(): number {
    return this.#journal.pulsesBeyond(this.forwardPulses, this.reversePulses);
  }

  /** @param newest what the journal says */
  private recover(newest: MeterRecord | undefined): Register {
    const retained = this.#retained;
    const isNewPeriod = this.isNewPeriod;
    if (isNewPeriod || !retained.isPeriodKnown) {
      // Until the first record of a new power period is stored, its sequence number tells the next start that
      // the counters still have to be taken whole. Where power stayed on, every record is of this period.
      retained.firstSequence = isNewPeriod ? this.#journal.nextSequence : 0;
      retained.basePulses = isNewPeriod ? pulsesOf(newest) : undefined;
      retained.save();
    }
    const isOfThisPeriod = newest !== undefined && newest.sequence >= retained.firstSequence;
    const register = isOfThisPeriod
      ? Register.afterRecord(newest, this.#sample)
      : Register.afterPowerLoss(retained.basePulses ?? newest);
    register.advance(this.#sample);
    return register;
  }

  /**
   * True when the low-power domain has just got its power. A reset whose retained memory is damaged does not
   * know: soon after the clock began at 0, power has come and nothing was stored yet; later, it is only damaged.
   */
  private get isNewPeriod(): boolean {
    const { wakeCause } = this.#power;
    if (wakeCause === "power-on") return true;
    const isReset = wakeCause === "brown-out" || wakeCause === "watchdog" || wakeCause === "software";
    return isReset && !this.#retained.isPeriodKnown && this.#clock.ticks < freshMilliseconds;
  }

  /** Notes what has changed about the reeds and the battery in the event log. */
  private noteChanges(): void {
    const { faults } = this.#sample;
    const retained = this.#retained;
    // One that came and went between two wakes shows in the count alone.
    if (faults.magnetEvents !== retained.knownMagnetEvents) {
      retained.knownMagnetEvents = faults.magnetEvents;
      retained.isMagnetKnown = true;
      this.note("magnet", 1);
    }
    if (retained.isMagnetKnown && !faults.magnetPresent) {
      retained.isMagnetKnown = false;
      this.note("magnet", 0);
    }
    const sensorFaults = (faults.illegalTransitions + faults.sensorFaults) >>> 0;
    const unknown = modularDifference(sensorFaults, retained.knownSensorFaults);
    if (unknown > 0) {
      retained.knownSensorFaults = sensorFaults;
      this.note("sensor-fault", unknown);
    }
    const { batteryMillivolts } = this.#power;
    if (this.batteryLow && !retained.isBatteryLowKnown) {
      retained.isBatteryLowKnown = true;
      this.note("battery-low", batteryMillivolts);
    }
    if (batteryMillivolts >= this.#settings.batteryLowMillivolts + batteryHysteresisMillivolts)
      retained.isBatteryLowKnown = false;
  }

  private note(event: EventName, detail: number): void {
    this.#events.append(event, detail, this.#clock.wallTime.trust === "unset" ? 0 : this.nowSeconds());
  }

  private nowSeconds(): number {
    return Math.floor(this.#clock.wallTime.epochMilliseconds / 1000);
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
      valve: this.valve,
      magnetPresent: this.#sample.faults.magnetPresent,
      sensorFault: this.#sample.faults.illegalTransitions > 0 || this.#sample.faults.sensorFaults > 0,
      batteryLow: this.batteryLow,
      calibrationEpoch: this.#calibrationEpoch,
    };
  }
}

function pulsesOf(record: MeterRecord | undefined): BasePulses {
  return { forwardPulses: record?.forwardPulses ?? 0, reversePulses: record?.reversePulses ?? 0 };
}
