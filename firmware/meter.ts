import type { Failure } from "../hal/failure.js";
import type { Hardware } from "../hal/hardware.js";
import type { SleepRequest, WakeCause } from "../hal/power.js";
import { Bc660kGl } from "../drivers/nb-iot/bc660k-gl.js";
import { ContactSchedule } from "./communication/contact-schedule.js";
import { Session } from "./communication/session.js";
import { EventLog } from "./events/event-log.js";
import type { EventName } from "./events/event-names.js";
import { FailureLog } from "./failures/failure-log.js";
import { Metering } from "./metering/metering.js";
import { readResources } from "./readings.js";
import { DeliveryLog } from "./report/delivery-log.js";
import { Outbox } from "./report/outbox.js";
import type { ReportStatus } from "./report/report.js";
import { ServicePort } from "./service/service-port.js";
import { VisitableMeter } from "./service/visitable-meter.js";
import type { Product } from "./settings/definition.js";
import { loadSettings } from "./settings/kept-settings.js";
import type { Settings } from "./settings/settings.js";
import { RetainedState } from "./storage/retained-state.js";
import { ValvePolicy } from "./valve/valve-policy.js";

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
 * has to wake next.
 */
export class Meter {
  readonly #hardware: Hardware;
  readonly #retained: RetainedState;
  readonly #settings: Settings;
  readonly #events: EventLog;
  readonly #metering: Metering;
  readonly #schedule: ContactSchedule;
  readonly #valve: ValvePolicy | undefined;
  #sleepUntilTicks: number | undefined;
  /** As retained memory has it; looked up once, for every wake pays for it. */
  #isInProduction = false;

  /** `product` is what a meter is that has not been told in its settings. */
  constructor(hardware: Hardware, product: Product) {
    this.#hardware = hardware;
    const { clock, power, flash } = hardware;
    this.#retained = new RetainedState(power.retained, power.wakeCause);
    const retained = this.#retained;
    this.#settings = loadSettings(hardware, retained, product);
    this.#events = new EventLog(
      () => new flash.io({ partition: "events" }),
      () => hardware.crypto,
      () => this.isSupplyHealthy,
      () => retained.positions("events"),
    );
    this.#metering = new Metering({
      input: hardware.pulseInput,
      flash,
      clock,
      power,
      retained,
      settings: this.#settings.metering,
      events: this.#events,
    });
    this.#schedule = new ContactSchedule(
      hardware,
      retained,
      this.#settings.communication,
      () => this.serialNumber,
    );
    if (hardware.valve && this.#settings.product.movesValve)
      this.#valve = new ValvePolicy({
        connection: hardware.valve,
        clock,
        metering: this.#metering,
        retained,
        settings: this.#settings.valve,
        note: (event, detail) => {
          this.note(event, detail);
        },
      });
  }

  /**
   * Does what is due and returns how to sleep. Counting comes first and never waits for anything else. After a run
   * that failed there is one that only counts and records: whatever failed is left for the next wake.
   */
  async run(): Promise<SleepRequest> {
    const { power, watchdog } = this.#hardware;
    watchdog.feed(watchdogSeconds);
    power.onBrownOut = () => {
      this.#metering.checkpoint("brown-out");
    };
    this.#metering.recordWhatIsDue();
    this.noteStart();
    this.#isInProduction = this.#retained.isInProduction;
    const { failure } = this.#hardware;
    if (failure) this.logFailure(failure);
    else await this.doWhatIsDue();
    this.#metering.recordWhatIsDue();
    const failures = this.#metering.flashFailures + this.#events.failures;
    if (failures > 0) this.note("flash-fault", failures);
    power.onBrownOut = undefined;
    this.#metering.close();
    this.#retained.save();
    return this.sleepRequest();
  }

  /** A meter in production does nothing by itself but count and listen. */
  private async doWhatIsDue(): Promise<void> {
    const { wakeCause } = this.#hardware.power;
    const hasVisitor = wakeCause === "service" || (this.#isInProduction && wakeCause === "power-on");
    if (hasVisitor && (await this.receiveVisit())) return;
    if (this.#isInProduction) return;
    if (this.#valve?.isDue) await this.whileRecording(() => this.#valve?.run());
    if (this.#schedule.isDue || wakeCause === "service") await this.whileRecording(() => this.contact());
  }

  /** Writes down what stopped the run before this one. That must not stop this one too. */
  private logFailure(failure: Failure): void {
    try {
      const partition = new this.#hardware.flash.io({ partition: "failures" });
      new FailureLog(partition, () => this.isSupplyHealthy).append(failure, this.epochSeconds);
    } catch {
      // A board without that partition still counts; the event log has the reset.
    }
  }

  /** A meter that did not come out of a sleep says so in its event log. */
  private noteStart(): void {
    const { wakeCause } = this.#hardware.power;
    if (wakeCause === "power-on") this.note("power-on", 0);
    const reset = resetCauses.indexOf(wakeCause) + 1;
    if (reset > 0) this.note("reset", reset);
    if (wakeCause !== "power-on" && reset === 0) return;
    this.#retained.isInProduction = !this.#hardware.seal.isSealed;
    this.#retained.unlockedUntilTicks = 0;
    if (this.#metering.hasUnknownRecord) this.note("unknown-record", 0);
  }

  private note(event: EventName, detail: number): boolean {
    return this.#events.append(event, detail, this.epochSeconds);
  }

  /** The factory's, else that of the board's identity page. */
  private get serialNumber(): string {
    return this.#retained.serialNumber || this.#hardware.serialNumber;
  }

  /** UTC; 0 while the meter does not know the date. */
  private get epochSeconds(): number {
    const { epochMilliseconds, trust } = this.#hardware.clock.wallTime;
    return trust === "unset" ? 0 : Math.floor(epochMilliseconds / 1000);
  }

  private sleepRequest(): SleepRequest {
    let untilTicks = Math.min(this.#metering.nextDueTicks, this.#sleepUntilTicks ?? Infinity);
    if (!this.#isInProduction) untilTicks = Math.min(untilTicks, this.#schedule.nextTicks);
    if (this.#valve && !this.#isInProduction) untilTicks = Math.min(untilTicks, this.#valve.nextTicks);
    return { untilTicks, afterPulses: this.#metering.nextDuePulses, onServiceButton: true };
  }

  /** Runs `work` while interval values and checkpoints keep being taken on time. */
  private async whileRecording(work: () => Promise<void> | undefined): Promise<void> {
    const { clock, watchdog } = this.#hardware;
    const endTicks = clock.ticks + longestRunMilliseconds;
    let timer = 0;
    const rearm = (): void => {
      const untilDue = this.#metering.nextDueTicks - clock.ticks;
      timer = clock.setTimer(record, Math.min(Math.max(untilDue, 1), recordingMilliseconds));
    };
    const record = (): void => {
      this.#metering.recordWhatIsDue();
      // Work that never ends is for the watchdog to end.
      if (clock.ticks < endTicks) watchdog.feed(watchdogSeconds);
      rearm();
    };
    rearm();
    try {
      await work();
    } finally {
      clock.clearTimer(timer);
    }
  }

  /** Opens the service port; false when nobody said anything. */
  private async receiveVisit(): Promise<boolean> {
    const port = new ServicePort(
      new VisitableMeter({
        hardware: this.#hardware,
        metering: this.#metering,
        retained: this.#retained,
        events: this.#events,
        note: (event, detail) => this.note(event, detail),
        openModem: () => this.openModem(),
      }),
    );
    let wasUsed = false;
    await this.whileRecording(async () => {
      const visit = await port.run();
      wasUsed = visit.wasUsed;
      this.#sleepUntilTicks = visit.sleepUntilTicks;
      this.#isInProduction = this.#retained.isInProduction;
    });
    return wasUsed;
  }

  private openModem(): Bc660kGl {
    const { clock, modem: connection } = this.#hardware;
    const { product, communication } = this.#settings;
    const { periodicUpdateSeconds, activeSeconds } = communication;
    return new Bc660kGl({
      connection,
      clock,
      apn: product.apn,
      powerSaving: { periodicUpdateSeconds, activeSeconds },
    });
  }

  private async contact(): Promise<void> {
    const { clock, crypto } = this.#hardware;
    const serialNumber = this.serialNumber;
    const { product, communication } = this.#settings;
    this.#metering.checkpoint("before-radio");
    this.#schedule.begin();
    this.#retained.save();
    const modem = this.openModem();
    const session = new Session({
      modem,
      clock,
      crypto,
      retained: this.#retained,
      product,
      settings: communication,
      outbox: this.openOutbox(),
      serialNumber,
      status: () => this.status(),
      read: (path) => readResources(path, this.#settings, serialNumber, this.status()),
      onTimeSet: (offSeconds) => {
        this.#metering.recordWhatIsDue();
        if (offSeconds === undefined || Math.abs(offSeconds) >= notableSeconds)
          this.note("time-set", offSeconds ?? 0);
      },
    });
    try {
      if ((await session.run()) === "delivered") this.#schedule.succeed();
    } finally {
      modem.close();
    }
  }

  private openOutbox(): Outbox {
    const { flash } = this.#hardware;
    const { product, metering } = this.#settings;
    return new Outbox({
      metering: this.#metering,
      delivery: new DeliveryLog(
        new flash.io({ partition: "delivery" }),
        () => this.isSupplyHealthy,
        this.#retained.positions("delivery"),
      ),
      meterObject: product.meterObject,
      pulseWeightMillilitres: metering.pulseWeightMillilitres,
    });
  }

  private get isSupplyHealthy(): boolean {
    return this.#hardware.power.batteryMillivolts >= this.#settings.metering.eraseAheadMillivolts;
  }

  private status(): ReportStatus {
    const metering = this.#metering;
    metering.commit("before-radio");
    const { valve } = metering;
    const { epochMilliseconds, trust } = this.#hardware.clock.wallTime;
    let errorCode = noError;
    const isSensorTroubled = metering.magnetPresent || metering.sensorFaultPresent;
    if (valve === "failed" || isSensorTroubled) errorCode = peripheralFault;
    else if (metering.batteryLow) errorCode = lowBattery;
    return {
      epochSeconds: trust === "unset" ? undefined : Math.floor(epochMilliseconds / 1000),
      forwardPulses: metering.forwardPulses,
      reversePulses: metering.reversePulses,
      batteryMillivolts: this.#hardware.power.batteryMillivolts,
      errorCode,
      isValveOpen: valve === "open" || valve === "closed" ? valve === "open" : undefined,
    };
  }
}
