import type { Failure } from "../hal/failure.js";
import type { TimerHandle } from "../hal/clock.js";
import type { Hardware } from "../hal/hardware.js";
import type { SleepRequest, WakeCause } from "../hal/power.js";
import { Bc660kGl } from "../drivers/nb-iot/bc660k-gl/bc660k-gl.js";
import { ContactSchedule, type ScheduledMeter } from "./duties/contact/contact-schedule.js";
import { type ContactingMeter, Session, type SessionResult } from "./uplink/session.js";
import { EventLog } from "./events/event-log.js";
import type { EventName } from "./events/event-names.js";
import { FailureLog } from "./failures/failure-log.js";
import type { ObjectPath, ResourceReading } from "./wire/lwm2m/object-server.js";
import { Metering } from "./legal/metering.js";
import { readResources } from "./readings/readings.js";
import { DeliveryLog } from "./uplink/delivery-log.js";
import { Outbox } from "./uplink/outbox.js";
import type { ReportStatus } from "./uplink/report.js";
import { ServicePort } from "./local/service-port/service-port.js";
import { VisitableMeter, type VisitedMeter } from "./local/visitable-meter.js";
import type { Product } from "./settings/definition.js";
import { loadSettings } from "./settings/kept-settings.js";
import type { Settings } from "./settings/settings.js";
import { stackBase } from "../hal/base/stack-base.js";
import { type LogStorage, MeterStorage } from "./storage/log-storage.js";
import { RetainedState } from "./storage/retained-state.js";
import { type ValveMeter, ValvePolicy } from "./duties/valve/valve-policy.js";

/** While something else is under way, what is due to be recorded is looked after at least this often. */
const recordingMilliseconds = 10_000;
/** The watchdog's patience, and how long one run may keep feeding it. */
const watchdogSeconds = 60;
const longestRunMilliseconds = 30 * 60_000;

/** Clock corrections of less are the crystal's drift, not worth an entry in the event log. */
const notableSeconds = 10;

/** In the order of the event's detail, from 1. */
const resetCauses: readonly WakeCause[] = Object.freeze(["brown-out", "watchdog", "software"]);

/** LwM2M Device error codes (object 3, resource 11). */
const noError = 0;
const lowBattery = 1;
const peripheralFault = 7;

/**
 * The meter during one run, from wake to sleep: built anew from flash, it does what is due and says when it
 * has to wake next. What works on it gets the meter itself, each by an interface of its own.
 */
export class Meter implements ContactingMeter, ScheduledMeter, ValveMeter, VisitedMeter {
  readonly hardware: Hardware;
  readonly retained: RetainedState;
  readonly settings: Settings;
  readonly events: EventLog;
  readonly metering: Metering;
  readonly #storage: LogStorage;
  readonly #schedule: ContactSchedule;
  readonly #valve: ValvePolicy | undefined;
  readonly #wakeCause: WakeCause;
  /** Time has passed since what was due was recorded. */
  #hasWorked = false;
  #sleepUntilTicks: number | undefined;
  /** As retained memory has it; looked up once, for every wake pays for it. */
  #isInProduction = false;
  #modem: Bc660kGl | undefined;
  /** While something else is under way. */
  #recordingTimer: TimerHandle | undefined;
  #recordingEndTicks = 0;

  /** `product` is what a meter is that has not been told in its settings. */
  constructor(hardware: Hardware, product: Product) {
    this.hardware = hardware;
    const { clock, power, flash } = hardware;
    this.#wakeCause = power.wakeCause;
    const retained = new RetainedState(power.retained, this.#wakeCause);
    this.retained = retained;
    this.settings = loadSettings(hardware, retained, product);
    const { eraseAheadMillivolts } = this.settings.metering;
    this.#storage = new MeterStorage(flash, power, retained, eraseAheadMillivolts);
    this.events = new EventLog(this.#storage, hardware);
    this.metering = new Metering({
      input: hardware.pulseInput,
      storage: this.#storage,
      clock,
      power,
      retained,
      settings: this.settings.metering,
      events: this.events,
    });
    this.#schedule = new ContactSchedule(this);
    const connection = this.settings.product.movesValve ? hardware.valve : undefined;
    if (connection) this.#valve = new ValvePolicy(connection, this);
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
    this.#isInProduction = this.retained.isInProduction;
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
    return this.#valve?.isDue || this.#schedule.isDue ? this.work(false) : undefined;
  }

  /** Returns how to sleep. */
  end(): SleepRequest {
    const { metering } = this;
    if (this.#hasWorked) metering.recordWhatIsDue();
    const failures = metering.flashFailures + this.events.failures;
    if (failures > 0) this.note("flash-fault", failures);
    this.hardware.power.onBrownOut = undefined;
    metering.close();
    this.retained.save();
    return this.sleepRequest();
  }

  /** Interval values and checkpoints keep being taken on time meanwhile. */
  private async work(hasVisitor: boolean): Promise<void> {
    this.#hasWorked = true;
    await stackBase();
    try {
      if (hasVisitor) {
        this.startRecording();
        const visit = await new ServicePort(new VisitableMeter(this)).run();
        this.#sleepUntilTicks = visit.sleepUntilTicks;
        this.#isInProduction = this.retained.isInProduction;
        if (visit.wasUsed) return;
      }
      if (this.#isInProduction) return;
      if (this.#valve?.isDue) {
        this.startRecording();
        await this.#valve.run();
      }
      if (this.#schedule.isDue || hasVisitor) {
        this.startRecording();
        if ((await this.contact()) === "delivered") this.#schedule.succeed();
      }
    } finally {
      this.#modem?.close();
      this.stopRecording();
    }
  }

  /** Writes down what stopped the run before this one. That must not stop this one too. */
  private logFailure(failure: Failure): void {
    try {
      new FailureLog(this.#storage).append(failure, this.epochSeconds);
    } catch {
      // A board without that partition still counts; the event log has the reset.
    }
  }

  /** A meter that did not come out of a sleep says so in its event log. */
  private noteStart(): void {
    const wakeCause = this.#wakeCause;
    if (wakeCause === "power-on") this.note("power-on", 0);
    const reset = resetCauses.indexOf(wakeCause) + 1;
    if (reset > 0) this.note("reset", reset);
    if (wakeCause !== "power-on" && reset === 0) return;
    this.retained.isInProduction = !this.hardware.seal.isSealed;
    this.retained.unlockedUntilTicks = 0;
    if (this.metering.hasUnknownRecord) this.note("unknown-record", 0);
  }

  note(event: EventName, detail: number): boolean {
    return this.events.append(event, detail, this.epochSeconds);
  }

  /** The factory's, else that of the board's identity page. */
  get serialNumber(): string {
    return this.retained.serialNumber || this.hardware.serialNumber;
  }

  /** UTC; 0 while the meter does not know the date. */
  private get epochSeconds(): number {
    const { epochMilliseconds, trust } = this.hardware.clock.wallTime;
    return trust === "unset" ? 0 : Math.floor(epochMilliseconds / 1000);
  }

  private sleepRequest(): SleepRequest {
    let untilTicks = Math.min(this.metering.nextDueTicks, this.#sleepUntilTicks ?? Infinity);
    if (!this.#isInProduction) untilTicks = Math.min(untilTicks, this.#schedule.nextTicks);
    if (this.#valve && !this.#isInProduction) untilTicks = Math.min(untilTicks, this.#valve.nextTicks);
    return { untilTicks, afterPulses: this.metering.nextDuePulses, onServiceButton: true };
  }

  private startRecording(): void {
    this.stopRecording();
    this.#recordingEndTicks = this.hardware.clock.ticks + longestRunMilliseconds;
    this.armRecording();
  }

  private armRecording(): void {
    const { clock } = this.hardware;
    const untilDue = this.metering.nextDueTicks - clock.ticks;
    const delay = Math.min(Math.max(untilDue, 1), recordingMilliseconds);
    this.#recordingTimer = clock.setTimer(() => {
      this.metering.recordWhatIsDue();
      // Work that never ends is for the watchdog to end.
      if (clock.ticks < this.#recordingEndTicks) this.hardware.watchdog.feed(watchdogSeconds);
      this.armRecording();
    }, delay);
  }

  private stopRecording(): void {
    if (this.#recordingTimer !== undefined) this.hardware.clock.clearTimer(this.#recordingTimer);
    this.#recordingTimer = undefined;
  }

  openModem(): Bc660kGl {
    const { clock, modem: connection } = this.hardware;
    const { product, communication } = this.settings;
    const { periodicUpdateSeconds, activeSeconds } = communication;
    return new Bc660kGl({
      connection,
      clock,
      apn: product.apn,
      powerSaving: { periodicUpdateSeconds, activeSeconds },
    });
  }

  /** One contact with the head-end; whoever asks for it closes the modem after it. */
  private contact(): Promise<SessionResult> {
    this.metering.checkpoint("before-radio");
    this.#schedule.begin();
    this.retained.save();
    this.#modem = this.openModem();
    return new Session(this, this.#modem, this.openOutbox()).run();
  }

  private openOutbox(): Outbox {
    const { product, metering } = this.settings;
    return new Outbox({
      metering: this.metering,
      delivery: new DeliveryLog(this.#storage),
      meterObject: product.meterObject,
      pulseWeightMillilitres: metering.pulseWeightMillilitres,
    });
  }

  noteTimeSet(offSeconds: number | undefined): void {
    this.metering.recordWhatIsDue();
    if (offSeconds === undefined || Math.abs(offSeconds) >= notableSeconds)
      this.note("time-set", offSeconds ?? 0);
  }

  read(path: ObjectPath): ResourceReading[] {
    return readResources(path, this.settings, this.serialNumber, this.status());
  }

  status(): ReportStatus {
    const metering = this.metering;
    metering.commit("before-radio");
    const { valve } = metering;
    const { epochMilliseconds, trust } = this.hardware.clock.wallTime;
    let errorCode = noError;
    const isSensorTroubled = metering.magnetPresent || metering.sensorFaultPresent;
    if (valve === "failed" || isSensorTroubled) errorCode = peripheralFault;
    else if (metering.batteryLow) errorCode = lowBattery;
    return {
      epochSeconds: trust === "unset" ? undefined : Math.floor(epochMilliseconds / 1000),
      forwardPulses: metering.forwardPulses,
      reversePulses: metering.reversePulses,
      batteryMillivolts: this.hardware.power.batteryMillivolts,
      errorCode,
      isValveOpen: valve === "open" || valve === "closed" ? valve === "open" : undefined,
    };
  }
}
