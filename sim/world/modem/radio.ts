import type { Scheduled } from "../../kernel/world.js";
import type { Signal } from "../network/network-conditions.js";
import type { GrantedTimers, RegistrationResult } from "../network/subscriber.js";
import { airtimeMilliseconds } from "./airtime.js";
import type { RadioOptions, RadioPhase, RegistrationStatus, ReleaseIndication } from "./radio-options.js";
import { TimerSet } from "./timer-set.js";

/** Illegal subscriber or equipment, services not allowed: no retry before a restart (3GPP TS 24.301, 5.5.1.2.5). */
const finalCauses: readonly number[] = Object.freeze([3, 6, 7, 8]);

/** The modem's radio: registration, connection and power saving mode. */
export class Radio {
  #options: RadioOptions;
  #timers: TimerSet;
  #phase: RadioPhase = "off";
  #status: RegistrationStatus = 0;
  #cause: number | undefined;
  #address: string | undefined;
  #granted: GrantedTimers = { activeSeconds: undefined, periodicUpdateSeconds: undefined };
  #isTransmitting = false;
  #releasesAfterDownlink = false;
  #isActiveTimerOver = false;
  #release: Scheduled | undefined;
  #active: Scheduled | undefined;
  #onResumed: (() => void)[] = [];
  #onSent: ((isSent: boolean) => void) | undefined;

  constructor(options: RadioOptions) {
    this.#options = options;
    this.#timers = new TimerSet(options.scheduler);
    options.subscriber.onServiceLost = () => {
      this.#noticeLostService();
    };
  }

  get phase(): RadioPhase {
    return this.#phase;
  }

  get status(): RegistrationStatus {
    return this.#status;
  }

  /** EMM cause of the last refusal. */
  get cause(): number | undefined {
    return this.#cause;
  }

  get address(): string | undefined {
    return this.#address;
  }

  get granted(): GrantedTimers {
    return this.#granted;
  }

  get isTransmitting(): boolean {
    return this.#isTransmitting;
  }

  get isRegistered(): boolean {
    return this.#status === 1;
  }

  /** True while `wake` brings the radio out of power saving mode. */
  get isWaking(): boolean {
    return this.#onResumed.length > 0;
  }

  /** What the modem hears of its cell; undefined when it hears none. */
  get signal(): Signal | undefined {
    const isCamped = this.#phase !== "off" && this.#phase !== "searching";
    return isCamped && this.#options.subscriber.hasService ? this.#options.conditions.signal : undefined;
  }

  /** Searches for the network and attaches to it; a running radio goes on. */
  start(): void {
    if (this.#phase === "off") this.#register("attach");
  }

  /** Leaves the network and switches off. */
  stop(): void {
    const wasConnected = this.#phase === "connected";
    this.#failTransmission();
    this.halt();
    this.#address = undefined;
    this.#setPhase("off");
    if (wasConnected) this.#options.announcements.connection(false);
    this.#setStatus(0);
  }

  /** Everything ends without a word: the modem has lost its power or was reset. */
  cut(): void {
    this.halt();
    this.#isTransmitting = false;
    this.#address = undefined;
    this.#status = 0;
    this.#phase = "off";
  }

  /** Nothing happens any more, and the current stays as it is: the modem's firmware hangs. */
  halt(): void {
    this.#timers.cancelAll();
    this.#options.subscriber.detach();
    this.#onResumed = [];
    this.#onSent = undefined;
  }

  /** Leaves power saving mode after deep sleep: the registration has to be confirmed first. */
  resume(): void {
    if (this.#phase === "psm") this.#register("resume");
  }

  /** Runs `action` (which may find no registration) once the radio is out of power saving mode. */
  wake(action: () => void): void {
    if (this.#phase === "psm" && this.#options.subscriber.hasService) {
      if (this.#onResumed.push(action) === 1) this.#requestRegistration("resume");
      return;
    }
    if (this.#phase === "psm") this.#register("resume");
    action();
  }

  /** Asks the network for other timers. */
  renegotiate(): void {
    if (!this.isRegistered) return;
    this.wake(() => {
      this.#granted = this.#options.subscriber.grant(this.#options.askedTimers());
      this.connect();
    });
  }

  /** AT+QSCLK may now allow the sleep that was due before. */
  reconsiderSleep(): void {
    if (this.#phase === "idle" && this.#isActiveTimerOver) this.#enterPowerSaving();
  }

  /** Traffic: opens the connection, or prolongs it. */
  connect(): void {
    if (this.#phase === "idle") {
      this.#timers.cancel(this.#active);
      this.#setPhase("connected");
      this.#options.announcements.connection(true);
    }
    if (this.#phase === "connected") this.#releaseAfter(this.#options.conditions.connectedTailSeconds);
  }

  /**
   * Puts a datagram on air, one at a time. `onSent` is told false when the radio is not registered or loses
   * the network over it.
   */
  transmit(byteLength: number, assistance: ReleaseIndication, onSent: (isSent: boolean) => void): void {
    this.wake(() => {
      if (!this.isRegistered) {
        onSent(false);
        return;
      }
      const { conditions, random } = this.#options;
      const setUpMilliseconds = this.#phase === "connected" ? 20 : random.uniform(300, 900);
      this.connect();
      this.#onSent = onSent;
      this.#timers.cancel(this.#release);
      this.#timers.after(setUpMilliseconds, () => {
        this.#setTransmitting(true);
        this.#timers.after(airtimeMilliseconds(byteLength, conditions.signal.coverageLevel), () => {
          this.#setTransmitting(false);
          this.#releasesAfterDownlink = assistance === 2;
          this.#releaseAfter(assistance === 1 ? random.uniform(0.3, 1) : conditions.connectedTailSeconds);
          this.#onSent = undefined;
          onSent(true);
        });
      });
    });
  }

  /** A datagram has arrived. */
  receive(): void {
    this.connect();
    if (!this.#releasesAfterDownlink) return;
    this.#releasesAfterDownlink = false;
    this.#releaseAfter(this.#options.random.uniform(0.3, 1));
  }

  #register(kind: "attach" | "resume"): void {
    this.#setPhase("searching");
    this.#setStatus(2);
    this.#requestRegistration(kind);
  }

  #requestRegistration(kind: "attach" | "resume"): void {
    this.#timers.cancelAll();
    this.#failTransmission();
    this.#options.subscriber.register({ kind, ...this.#options.askedTimers() }, (registration) => {
      this.#conclude(registration);
    });
  }

  #conclude(registration: RegistrationResult): void {
    const { announcements, random } = this.#options;
    if (!registration.ok) {
      this.#cause = registration.cause;
      this.#address = undefined;
      this.#setPhase("searching");
      this.#setStatus(3);
      if (!finalCauses.includes(registration.cause)) {
        this.#timers.after(random.uniform(10_000, 30_000), () => {
          this.#register("attach");
        });
      }
      this.#runResumed();
      return;
    }
    const isNewAddress = registration.address !== this.#address;
    this.#cause = undefined;
    this.#address = registration.address;
    this.#granted = registration.timers;
    this.#releasesAfterDownlink = false;
    this.#setPhase("connected");
    announcements.connection(true);
    this.#setStatus(1);
    if (isNewAddress) announcements.address(registration.address);
    if (registration.time) announcements.time(registration.time);
    this.#releaseAfter(this.#options.conditions.connectedTailSeconds);
    this.#runResumed();
  }

  #runResumed(): void {
    for (const action of this.#onResumed.splice(0)) action();
  }

  #releaseAfter(seconds: number): void {
    this.#timers.cancel(this.#release);
    if (this.#isTransmitting) return;
    this.#release = this.#timers.after(seconds * 1_000, () => {
      this.#becomeIdle();
    });
  }

  #becomeIdle(): void {
    this.#releasesAfterDownlink = false;
    this.#isActiveTimerOver = false;
    this.#setPhase("idle");
    this.#options.announcements.connection(false);
    const { activeSeconds } = this.#granted;
    if (activeSeconds === undefined) return;
    this.#timers.cancel(this.#active);
    this.#active = this.#timers.after(activeSeconds * 1_000, () => {
      this.#isActiveTimerOver = true;
      this.reconsiderSleep();
    });
  }

  #enterPowerSaving(): void {
    const { askedTimers, listener, maySleep, subscriber } = this.#options;
    if (!maySleep() || askedTimers().activeSeconds === undefined) return;
    this.#isActiveTimerOver = false;
    subscriber.sleep();
    const { periodicUpdateSeconds } = this.#granted;
    if (periodicUpdateSeconds !== undefined && periodicUpdateSeconds > 0) {
      this.#timers.after(periodicUpdateSeconds * 1_000, () => {
        listener.onPeriodicUpdateDue();
      });
    }
    this.#setPhase("psm");
    listener.onPowerSaving();
  }

  /** Out of coverage, a modem searches on its own; the network still knows it afterwards. */
  #noticeLostService(): void {
    if (this.#phase !== "idle" && this.#phase !== "connected") return;
    this.#timers.after(this.#options.random.uniform(2_000, 8_000), () => {
      if (this.#options.subscriber.hasService) return;
      if (this.#phase === "connected") this.#options.announcements.connection(false);
      this.#register("resume");
    });
  }

  #failTransmission(): void {
    const onSent = this.#onSent;
    this.#onSent = undefined;
    this.#isTransmitting = false;
    onSent?.(false);
  }

  #setTransmitting(isTransmitting: boolean): void {
    this.#isTransmitting = isTransmitting;
    this.#options.listener.onPhaseChange();
  }

  #setPhase(phase: RadioPhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#options.listener.onPhaseChange();
  }

  #setStatus(status: RegistrationStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#options.announcements.registration(this);
  }
}
