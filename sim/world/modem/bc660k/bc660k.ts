import type { Random } from "../../../kernel/random.js";
import { Announcements } from "../announcements.js";
import type { Bc660kOptions, ModemState } from "./bc660k-options.js";
import { ChargeMeter } from "../charge-meter.js";
import { CommandInterpreter } from "./command-interpreter.js";
import { consumptionMilliamperes } from "../consumption.js";
import { ControlLines } from "../control-lines.js";
import { LightSleep } from "../light-sleep.js";
import { defaultModemBehaviour, type ModemBehaviour } from "../modem-behaviour.js";
import { ModemClock } from "../modem-clock.js";
import { Radio } from "../radio.js";
import type { RadioListener, RadioPhase } from "../radio-options.js";
import { ModemSettings } from "../settings.js";
import { Sockets } from "../sockets.js";
import { StateTimes } from "./state-times.js";
import { TimerSet } from "../timer-set.js";
import { UartOutput } from "../uart-output.js";

/** The power of the modem's processor, apart from the radio's. */
type Power = "off" | "booting" | "on" | "deep-sleep";

/**
 * A Quectel BC660K-GL at the level of characters on its UART. Simplified: with AT+QSCLK=0 the radio never
 * enters power saving mode; with 2 it does, but the processor sleeps only lightly and keeps its sockets; with
 * 1 (the factory setting) the processor sleeps deeply and loses them. It wakes at an edge on RXD, at a press
 * of the power key, and when T3412 has run out.
 */
export class Bc660k {
  readonly states: StateTimes;
  #options: Bc660kOptions;
  #behaviour: ModemBehaviour;
  #random: Random;
  #timers: TimerSet;
  #settings = new ModemSettings();
  #clock: ModemClock;
  #charge: ChargeMeter;
  #output: UartOutput;
  #radio: Radio;
  #sockets: Sockets;
  #announcements: Announcements;
  #lightSleep: LightSleep;
  #interpreter: CommandInterpreter;
  #controlLines: ControlLines;
  #power: Power = "off";
  #isFrozen = false;
  #hasSim = true;
  #isSimSeated = true;
  #lastPhase: RadioPhase = "off";

  constructor(options: Bc660kOptions) {
    const { network, random, scheduler } = options;
    this.#options = options;
    this.#behaviour = Object.freeze({ ...defaultModemBehaviour, ...options.behaviour });
    const behaviour = this.#behaviour;
    this.#random = random.fork("modem");
    this.#timers = new TimerSet(scheduler);
    this.#clock = new ModemClock(scheduler, behaviour.clockTells);
    this.#charge = new ChargeMeter(scheduler);
    this.states = new StateTimes(scheduler);
    const timers = this.#timers;
    const subscriber = network.subscribe();
    this.#output = new UartOutput({
      timers,
      random: random.fork("output"),
      behaviour,
      onOutput: options.onOutput,
    });
    this.#announcements = new Announcements({
      settings: this.#settings,
      clock: this.#clock,
      output: this.#output,
    });
    this.#radio = new Radio({
      scheduler,
      random: random.fork("radio"),
      conditions: network.conditions,
      subscriber,
      announcements: this.#announcements,
      listener: this.#radioListener(),
      askedTimers: () => this.#settings.askedTimers,
      maySleep: () => this.#settings.session.sleepMode !== 0,
    });
    this.#sockets = new Sockets({
      random: random.fork("sockets"),
      behaviour,
      timers,
      output: this.#output,
      radio: this.#radio,
      subscriber,
    });
    this.#lightSleep = this.#createLightSleep();
    this.#interpreter = this.#createInterpreter();
    this.#controlLines = this.#createControlLines();
  }

  get state(): ModemState {
    if (this.#power === "off" || this.#power === "booting") return this.#power;
    if (this.#power === "deep-sleep") return "psm";
    return this.#radio.phase === "off" ? "idle" : this.#radio.phase;
  }

  get currentMilliamperes(): number {
    return this.#charge.milliamperes;
  }

  /** Drawn since construction. */
  get chargeMicroampereHours(): number {
    return this.#charge.microampereHours;
  }

  /** Writes of the modem's own flash by settings. */
  get flashWrites(): number {
    return this.#settings.flashWrites;
  }

  /** Takes what the MCU sends. The edge that wakes the modem, and what follows until it listens, is lost. */
  receive(bytes: Uint8Array): void {
    if (bytes.byteLength === 0 || this.#isFrozen) return;
    if (this.#power === "deep-sleep") this.#leaveDeepSleep();
    else if (this.#power === "on" && this.#lightSleep.isAsleep) this.#lightSleep.wake();
    else if (this.#power === "on") {
      this.#lightSleep.postpone();
      this.#interpreter.receive(bytes);
    }
  }

  /** A press of half a second switches the modem on, off when it is on, and wakes it from deep sleep. */
  setPowerKey(pressed: boolean): void {
    this.#controlLines.setPowerKey(pressed);
  }

  /** Holding the line stops a modem that is on, releasing it starts it anew. */
  setReset(held: boolean): void {
    this.#controlLines.setReset(held);
  }

  /** Falls silent, and stays so, drawing its current, until it is reset or switched off and on. */
  freeze(): void {
    if (this.#power === "off") return;
    this.#isFrozen = true;
    this.#timers.cancelAll();
    this.#output.clear();
    this.#interpreter.clear();
    this.#sockets.closeAll();
    this.#radio.halt();
  }

  /** The supply is gone at once; when it is back, the modem is off until its power key is pressed. */
  losePower(): void {
    this.#switchOff();
  }

  /** The SIM's contacts open, which ends service at once, or close, which the next start notices. */
  seatSim(isSeated: boolean): void {
    this.#isSimSeated = isSeated;
    if (isSeated) return;
    this.#hasSim = false;
    if (this.#power === "on" && !this.#isFrozen) this.#radio.stop();
  }

  #createLightSleep(): LightSleep {
    return new LightSleep({
      timers: this.#timers,
      random: this.#random.fork("light-sleep"),
      behaviour: this.#behaviour,
      isAllowed: () => this.#settings.session.sleepMode !== 0,
      isBusy: () => {
        const { phase } = this.#radio;
        const isRadioBusy = phase === "connected" || phase === "searching";
        return isRadioBusy || this.#interpreter.isExecuting || !this.#output.isIdle;
      },
      onChange: () => {
        this.#updateCurrent();
        if (this.#lightSleep.isAsleep) this.#enterDeepSleep();
      },
    });
  }

  #createInterpreter(): CommandInterpreter {
    return new CommandInterpreter({
      behaviour: this.#behaviour,
      freeze: () => {
        this.freeze();
      },
      modem: {
        identity: this.#options.identity,
        random: this.#random,
        timers: this.#timers,
        settings: this.#settings,
        output: this.#output,
        radio: this.#radio,
        sockets: this.#sockets,
        clock: this.#clock,
        hasSim: () => this.#hasSim,
        powerDown: () => {
          this.#switchOff();
        },
        restart: () => {
          this.#switchOff();
          this.#boot();
        },
      },
    });
  }

  #createControlLines(): ControlLines {
    return new ControlLines({
      scheduler: this.#options.scheduler,
      isOn: () => this.#power !== "off",
      onPowerKey: () => {
        if (this.#power === "off") this.#boot();
        else if (this.#power === "deep-sleep" && !this.#isFrozen) this.#leaveDeepSleep();
        else this.#switchOff();
      },
      onReset: () => {
        this.#switchOff();
      },
      onResetReleased: () => {
        this.#boot();
      },
    });
  }

  #boot(): void {
    const { low, high } = this.#behaviour.bootMilliseconds;
    this.states.starts++;
    this.#settings.restart();
    this.#clock.lose();
    this.#setPower("booting");
    this.#timers.after(this.#random.uniform(low, high), () => {
      this.#setPower("on");
      this.#lightSleep.postpone();
      this.#drawSim();
      this.#announcements.ready();
      this.#timers.after(50, () => {
        this.#announcements.functionality();
      });
      this.#timers.after(this.#random.uniform(300, 800), () => {
        if (!this.#hasSim) return;
        this.#announcements.simReady();
        if (this.#settings.stored.functionality === 1) this.#radio.start();
      });
    });
  }

  #switchOff(): void {
    this.#forget();
    this.#radio.cut();
    this.#lastPhase = "off";
    this.#isFrozen = false;
    this.#setPower("off");
  }

  /** What a loss of RAM takes: commands, output, sockets. */
  #forget(): void {
    this.#timers.cancelAll();
    this.#output.clear();
    this.#interpreter.clear();
    this.#sockets.closeAll();
    this.#lightSleep.clear();
  }

  #drawSim(): void {
    this.#hasSim = !this.#random.chance(this.#behaviour.simErrorOdds) && this.#isSimSeated;
  }

  #enterDeepSleep(): void {
    if (this.#radio.phase !== "psm" || this.#radio.isWaking || this.#settings.session.sleepMode !== 1) return;
    if (!this.#output.isIdle) {
      this.#timers.after(20, () => {
        this.#enterDeepSleep();
      });
      return;
    }
    this.#forget();
    this.#setPower("deep-sleep");
  }

  #leaveDeepSleep(): void {
    const { low, high } = this.#behaviour.deepWakeMilliseconds;
    this.#setPower("booting");
    this.#timers.after(this.#random.uniform(low, high), () => {
      this.#setPower("on");
      this.#lightSleep.postpone();
      this.#drawSim();
      if (this.#hasSim) this.#radio.resume();
      else this.#radio.stop();
    });
  }

  #radioListener(): RadioListener {
    return {
      onPowerSaving: () => {
        this.#announcements.powerSaving("ENTER PSM");
        this.#enterDeepSleep();
      },
      onPeriodicUpdateDue: () => {
        if (this.#power === "deep-sleep") this.#leaveDeepSleep();
        else
          this.#radio.wake(() => {
            this.#radio.connect();
          });
      },
      onPhaseChange: () => {
        this.#followRadio();
      },
    };
  }

  #followRadio(): void {
    const { phase } = this.#radio;
    if (this.#lastPhase === "psm" && phase !== "psm") this.#announcements.powerSaving("EXIT PSM");
    this.#lastPhase = phase;
    if (phase === "connected" && this.#lightSleep.isAsleep) this.#lightSleep.postpone();
    else this.#updateCurrent();
  }

  #setPower(power: Power): void {
    this.#power = power;
    this.#updateCurrent();
  }

  #updateCurrent(): void {
    this.states.enter(this.state);
    const mode = this.#settings.stored.extendedReceptionMode;
    const milliamperes = consumptionMilliamperes({
      power: this.#power,
      isLightlyAsleep: this.#lightSleep.isAsleep,
      usesExtendedReception: mode === 1 || mode === 2,
      phase: this.#radio.phase,
      isTransmitting: this.#radio.isTransmitting,
    });
    if (milliamperes === this.#charge.milliamperes) return;
    this.#charge.milliamperes = milliamperes;
    this.#options.onCurrentChange?.(milliamperes);
  }
}
