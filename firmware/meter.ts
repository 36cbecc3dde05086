import type { Failure } from "../hal/failure.js";
import type { Hardware } from "../hal/hardware.js";
import type { SleepRequest, WakeCause } from "../hal/power.js";
import { stackBase } from "../hal/base/stack-base.js";
import type { Modem } from "../drivers/nb-iot/modem.js";
import type { Build } from "./build.js";
import type { DutyMeter } from "./duties/duty.js";
import { type DutyListener, DutyRoster } from "./duties/duty-roster.js";
import { EventLog } from "./events/event-log.js";
import type { EventName } from "./events/event-names.js";
import { EventRecorder } from "./events/event-recorder.js";
import { FailureLog } from "./failures/failure-log.js";
import { announcePowerPeriod, Metering } from "./legal/metering.js";
import type { LogStorage } from "./legal/rings/log-storage.js";
import { AccessMemory } from "./local/access-memory.js";
import {
  budgetLeft,
  contactFactor,
  contactMilliseconds,
  deafUntilTicks,
  spendBudget,
} from "./local/port-budget.js";
import { ServicePort } from "./local/service-port/service-port.js";
import { VisitableMeter, type VisitedMeter } from "./local/visitable-meter.js";
import type { Product } from "./products/product.js";
import { productRange } from "./products/products.js";
import { Recording, watchdogSeconds } from "./recording.js";
import { loadSettings } from "./settings/kept-settings.js";
import type { Settings } from "./settings/settings.js";
import { crcOfText, SettingsMemory } from "./settings/settings-memory.js";
import { MeterStorage } from "./storage/meter-storage.js";
import { RetainedSlices } from "./storage/retained-slices.js";

/** Starts that are told, from 1; those behind the first are resets, and their event's detail begins with 1. */
const toldStarts: readonly WakeCause[] = Object.freeze(["power-on", "brown-out", "watchdog", "software"]);

/**
 * The meter during one run, from wake to sleep: built anew from flash, it counts and records, has its duties do what is
 * due and says when it has to wake next. What works on it gets the meter itself, each by an interface of its own.
 */
export class Meter implements DutyMeter, DutyListener, VisitedMeter {
  readonly hardware: Hardware;
  readonly retained: RetainedSlices;
  readonly settings: Settings<Product>;
  readonly storage: LogStorage;
  readonly events: EventLog;
  readonly metering: Metering;
  readonly access: AccessMemory;
  readonly settingsMemory: SettingsMemory;
  readonly #build: Build;
  /** Made when there is something to tell. */
  #recorder: EventRecorder | undefined;
  readonly #roster: DutyRoster;
  #recording: Recording | undefined;
  readonly #wakeCause: WakeCause;
  /** Time has passed since what was due was recorded. */
  #hasWorked = false;
  #wasVisited = false;
  #sleepUntilTicks: number | undefined;
  /** As retained memory has it; looked up once, for every wake pays for it. */
  #isInProduction = false;

  constructor(hardware: Hardware, build: Build) {
    this.hardware = hardware;
    this.#build = build;
    const { clock, power, flash } = hardware;
    this.#wakeCause = power.wakeCause;
    const retained = new RetainedSlices(power.retained, this.#wakeCause);
    this.retained = retained;
    // Settings may write to flash, and a cut there may be what the next start comes after.
    if (this.#wakeCause === "power-on") announcePowerPeriod({ power, retained });
    this.settingsMemory = new SettingsMemory(retained);
    this.access = new AccessMemory(retained);
    this.settings = loadSettings(hardware, retained, this.settingsMemory, productRange, build.product);
    const { eraseAheadMillivolts } = this.settings.metering;
    this.storage = new MeterStorage(flash, power, retained, eraseAheadMillivolts);
    this.events = new EventLog(this.storage, hardware);
    this.metering = new Metering({
      input: hardware.pulseInput,
      storage: this.storage,
      clock,
      power,
      retained,
      settings: this.settings.metering,
      events: this,
      calibrationEpoch: this.settingsMemory.calibrationEpoch,
    });
    this.#roster = new DutyRoster(this, build.duties, this.settings.product.duties, this);
    if (!retained.hasSlept) this.#roster.reconsider();
  }

  /** Counting comes first and never waits for anything else. */
  begin(): void {
    const { power, watchdog } = this.hardware;
    watchdog.feed(watchdogSeconds);
    power.onBrownOut = () => {
      this.metering.checkpoint("brown-out");
    };
    this.metering.recordWhatIsDue();
    this.noteStart();
    this.#isInProduction = this.access.isInProduction;
  }

  /**
   * Undefined when there is nothing but counting and recording, as in most runs. After a run that failed there is one
   * that leaves the rest for the next wake, whatever failed. A meter in production does nothing by itself but listen.
   */
  doWhatIsDue(): Promise<void> | undefined {
    const { failure } = this.hardware;
    if (failure) {
      this.logFailure(failure);
      return undefined;
    }
    const wakeCause = this.#wakeCause;
    const hasVisitor = wakeCause === "service" || (this.#isInProduction && wakeCause === "power-on");
    if (hasVisitor) return this.work(true);
    if (this.#isInProduction) return undefined;
    return this.#roster.isDue ? this.work(false) : undefined;
  }

  /** Returns how to sleep. */
  end(): SleepRequest {
    const { metering } = this;
    if (this.#hasWorked) metering.recordWhatIsDue();
    const failures = metering.flashFailures + this.events.failures + (this.#recorder?.lost ?? 0);
    if (failures > 0) this.note("flash-fault", failures);
    this.hardware.power.onBrownOut = undefined;
    metering.close();
    const request = this.sleepRequest();
    this.retained.save();
    return request;
  }

  /** Interval values and checkpoints keep being taken on time meanwhile. */
  private async work(hasVisitor: boolean): Promise<void> {
    this.#hasWorked = true;
    await stackBase();
    try {
      if (hasVisitor) {
        this.startRecording();
        const visit = await new ServicePort(new VisitableMeter(this)).run();
        this.#wasVisited = visit.wasUsed;
        this.#roster.reconsider();
        this.#sleepUntilTicks = visit.sleepUntilTicks;
        this.#isInProduction = this.access.isInProduction;
        if (visit.wasUsed) return;
      }
      if (this.#isInProduction) return;
      if (hasVisitor) await this.runForVisitor();
      else await this.#roster.run(false);
    } finally {
      this.#recording?.stop();
    }
  }

  /** Whoever wakes the meter and says nothing has it report, as often as what the port may cost allows. */
  private async runForVisitor(): Promise<void> {
    const { access, hardware } = this;
    const { clock } = hardware;
    const { ticks } = clock;
    const mayFollow = !this.#roster.isDue && budgetLeft(access, ticks) >= contactMilliseconds;
    if (mayFollow) spendBudget(access, ticks, contactMilliseconds);
    // Before anything begins that a reset may end.
    this.retained.save();
    await this.#roster.run(mayFollow);
    const milliseconds = contactFactor * (clock.ticks - ticks) - contactMilliseconds;
    if (mayFollow) spendBudget(access, clock.ticks, milliseconds);
  }

  dutyBegins(): void {
    this.startRecording();
  }

  private startRecording(): void {
    const { clock, watchdog } = this.hardware;
    this.#recording ??= new Recording(clock, watchdog, this.metering);
    this.#recording.start();
  }

  dutyFailed(name: string, place: number, error: unknown): void {
    this.note("duty-failed", place);
    this.logFailure({ module: `firmware/duties/${name}`, reason: String(error) });
  }

  /** Writes down what stopped the run before this one, or a part of this one. That must not stop it too. */
  logFailure(failure: Failure): void {
    try {
      new FailureLog(this.storage).append(failure, this.epochSeconds);
    } catch {
      // A board without that partition still counts; the event log has the reset.
    }
  }

  /**
   * A meter that did not come out of a sleep says so in its event log. Where that refuses, full of what starts have left
   * that were cut off, the wake that follows tells of it: that one may clear the log.
   */
  private noteStart(): void {
    const { access } = this;
    if (this.retained.hasSlept) {
      if (access.untoldStart === 0) return;
      this.tellStart(access.untoldStart);
      access.untoldStart = 0;
      return;
    }
    const start = toldStarts.indexOf(this.#wakeCause) + 1;
    access.untoldStart = this.tellStart(start) ? 0 : start;
    access.isInProduction = !this.hardware.seal.isSealed;
    access.unlockedUntilTicks = 0;
    if (this.metering.hasUnknownRecord) this.note("unknown-record", 0);
    const { unusableEntry } = this.settingsMemory;
    if (unusableEntry !== 0) this.note("unknown-record", unusableEntry);
  }

  private tellStart(start: number): boolean {
    return start === 1 ? this.note("power-on", 0) : this.note("reset", start - 1);
  }

  note(event: EventName, detail: number): boolean {
    return this.append(event, detail, this.epochSeconds);
  }

  append(event: EventName, detail: number, epochSeconds: number): boolean {
    this.#recorder ??= new EventRecorder(this.events, this.retained, this.hardware.clock);
    return this.#recorder.append(event, detail, epochSeconds);
  }

  get serialNumber(): string {
    return this.settingsMemory.serialNumber || this.hardware.serialNumber;
  }

  get serialNumberCrc(): number {
    const memory = this.settingsMemory;
    if (memory.serialNumberCrc === 0) memory.serialNumberCrc = crcOfText(this.serialNumber);
    return memory.serialNumberCrc;
  }

  openModem(): Modem {
    const { clock, modem: connection } = this.hardware;
    const { product, communication } = this.settings;
    const { periodicUpdateSeconds, activeSeconds } = communication;
    return new this.#build.Modem({
      connection,
      clock,
      apn: product.apn,
      powerSaving: { periodicUpdateSeconds, activeSeconds },
    });
  }

  /** UTC; 0 while the meter does not know the date. */
  private get epochSeconds(): number {
    const { epochMilliseconds, trust } = this.hardware.clock.wallTime;
    return trust === "unset" ? 0 : Math.floor(epochMilliseconds / 1000);
  }

  private sleepRequest(): SleepRequest {
    let untilTicks = Math.min(this.metering.nextDueTicks, this.#sleepUntilTicks ?? Infinity);
    let deafUntil = 0;
    if (!this.#isInProduction) {
      deafUntil = deafUntilTicks(this.access, this.hardware.clock.ticks);
      if (deafUntil > 0) untilTicks = Math.min(untilTicks, deafUntil);
      untilTicks = Math.min(untilTicks, this.#roster.nextTicks);
      // What a visitor has changed counts from the next wake on.
      if (!this.#wasVisited) this.#roster.keepNextTicks();
    }
    return { untilTicks, afterPulses: this.metering.nextDuePulses, onServiceButton: deafUntil === 0 };
  }
}
