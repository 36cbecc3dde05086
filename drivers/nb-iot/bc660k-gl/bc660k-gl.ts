import { requireRange } from "../../../hal/base/ranges.js";
import type { Clock } from "../../../hal/clock.js";
import type { DigitalOutput } from "../../../hal/digital.js";
import {
  type Bc660kGlSettings,
  commandMilliseconds,
  configure,
  switchRadio,
  turnRadioOn,
} from "./configuration.js";
import { readIdentity, readNetworkTime, readSignal } from "./queries.js";
import { Bc660kGlSocket, closeSocketCommand } from "./socket.js";
import { consistsOf } from "../at/characters.js";
import type { ChatListener, AtCommand } from "../at/chat.js";
import { failed, failureOf } from "../at/failure.js";
import type {
  DatagramSocket,
  Modem,
  ModemIdentity,
  ModemOptions,
  ModemOutcome,
  SignalQuality,
} from "../modem.js";
import { hasFirstParameter, parametersOf } from "../at/parameters.js";
import { Pause } from "../at/pause.js";
import { encodeActiveTime, encodePeriodicUpdate } from "../at/power-saving-timers.js";
import {
  isDenied,
  isRegistered,
  parseRegistration,
  refusalOf,
  type NetworkRegistration,
} from "../at/registration.js";
import { AtSession } from "../at/session.js";

/** Of access points and hosts. */
const nameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";

/** Lines that the modem sends of its own accord, and may glue behind others. */
const unsolicited = Object.freeze([
  "+CEREG:",
  "+CSCON:",
  "+CTZEU:",
  "+CPIN:",
  "+IP:",
  "+QIURC:",
  "+QNBIOTEVENT:",
]);

/** The hardware design asks for at least 500 ms on the power key and 50 ms on the reset line. */
const powerKeyMilliseconds = 700;
const resetMilliseconds = 100;
/** Starting up takes the modem up to 15 s: ten tries with growing patience, then one a second. */
const startUpTries = 20;

const attachMilliseconds = 300_000;
const registrationPollMilliseconds = 30_000;
/** The connection lingers for up to 50 s before the active timer starts (measured without release assistance). */
const connectedTailMilliseconds = 60_000;

const readRegistration: AtCommand = Object.freeze({
  text: "AT+CEREG?",
  response: "+CEREG:",
  timeoutMilliseconds: commandMilliseconds,
});
const readAttach: AtCommand = Object.freeze({
  text: "AT+CGATT?",
  response: "+CGATT:",
  timeoutMilliseconds: commandMilliseconds,
});
const attachCommand: AtCommand = Object.freeze({ text: "AT+CGATT=1", timeoutMilliseconds: 70_000 });
const allowSleep: AtCommand = Object.freeze({
  text: "AT+QSCLK=1",
  timeoutMilliseconds: commandMilliseconds,
});

/**
 * Quectel BC660K-GL (AT Commands Manual; TCP/IP Application Note; Hardware Design). It uses the modem's UDP
 * socket 0. What the modem or the network does comes back as an outcome; only misuse throws or rejects.
 */
export class Bc660kGl implements Modem, ChatListener {
  #clock: Clock;
  #settings: Bc660kGlSettings;
  #activeSeconds: number;
  #session: AtSession;
  #powerKey: DigitalOutput;
  #reset: DigitalOutput;
  #socket: Bc660kGlSocket | undefined;
  /** Ends when the modem tells of its registration or its sleep. */
  #news: Pause;
  #registration: NetworkRegistration | undefined;
  #isSaving = false;

  /**
   * Opens the port and the pins, and leaves the modem alone until `start`.
   * @throws {RangeError} when an option is out of range, {Error} when a pin or the port is unknown or in use.
   */
  constructor({ connection, clock, apn, powerSaving }: ModemOptions) {
    if (apn.length < 1 || apn.length > 100 || !consistsOf(apn, nameCharacters))
      throw new RangeError("apn must have 1 to 100 letters, digits, dots and hyphens");
    const { baud } = connection.serial;
    requireRange(baud, 300, 921_600, "baud");
    const periodicUpdate = encodePeriodicUpdate(powerSaving.periodicUpdateSeconds);
    this.#settings = { apn, periodicUpdate, activeTime: encodeActiveTime(powerSaving.activeSeconds) };
    this.#activeSeconds = powerSaving.activeSeconds;
    this.#clock = clock;
    this.#news = new Pause(clock);
    const { serial, powerKey, reset } = connection;
    this.#session = new AtSession({
      serial,
      clock,
      unsolicited,
      listener: this,
    });
    const acquired: { close(): void }[] = [this.#session];
    try {
      this.#powerKey = new powerKey.io({ pin: powerKey.pin, initial: 0 });
      acquired.push(this.#powerKey);
      this.#reset = new reset.io({ pin: reset.pin, initial: 0 });
    } catch (error) {
      for (let index = 0; index < acquired.length; index++) acquired[index]?.close();
      throw error;
    }
  }

  async start(): Promise<ModemOutcome<undefined>> {
    this.#socket?.abandon();
    if (!(await this.rouse())) return this.noAnswer();
    const outcome = await configure(this.#session, this.#settings);
    if (outcome.ok || outcome.code !== "no-sim") return outcome;
    // Now and then a modem loses sight of a healthy SIM until it is restarted.
    if (!(await this.pulse(this.#reset, resetMilliseconds))) return this.noAnswer();
    return configure(this.#session, this.#settings);
  }

  async attach(): Promise<ModemOutcome<undefined>> {
    const radio = await turnRadioOn(this.#session);
    if (!radio.ok) return radio;
    const read = await this.readRegistration();
    if (!read.ok) return read;
    if (this.#registration && isRegistered(this.#registration)) return { ok: true, value: undefined };
    if (this.#registration && isDenied(this.#registration)) {
      const restarted = await this.forgetRefusal();
      if (!restarted.ok) return restarted;
    }
    const attached = await this.#session.ask(readAttach);
    const isAttached = hasFirstParameter(attached.lines, "+CGATT:", "1");
    // Whether this worked is for the registration to tell, along with the cause of a refusal.
    if (!isAttached) await this.#session.ask(attachCommand);
    return this.awaitRegistration();
  }

  networkTime(): Promise<ModemOutcome<number | undefined>> {
    return readNetworkTime(this.#session);
  }

  identity(): Promise<ModemOutcome<ModemIdentity>> {
    return readIdentity(this.#session);
  }

  signal(): Promise<ModemOutcome<SignalQuality>> {
    return readSignal(this.#session);
  }

  /**
   * Closes an earlier socket first: the driver uses one.
   * @throws {RangeError} (as a rejection) when `host` or `port` can't be one.
   */
  async openSocket(host: string, port: number): Promise<ModemOutcome<DatagramSocket>> {
    if (host.length < 1 || host.length > 150 || !consistsOf(host, `${nameCharacters}:`))
      throw new RangeError("host must be a name or an address");
    requireRange(port, 1, 65_535, "port");
    await this.#socket?.close();
    const command: AtCommand = {
      text: `AT+QIOPEN=0,0,"UDP","${host}",${port},0,0`,
      completion: "+QIOPEN: 0,",
      timeoutMilliseconds: 65_000,
    };
    let outcome = await this.open(command);
    // The modem may still hold the socket of a run that ended without closing it.
    if (!outcome.ok && outcome.code === "refused") outcome = await this.open(command);
    return outcome;
  }

  async enterPowerSaving(): Promise<ModemOutcome<undefined>> {
    await this.#socket?.close();
    this.#isSaving = false;
    const activeSeconds = this.#registration?.activeSeconds ?? this.#activeSeconds;
    const reply = await this.#session.ask(allowSleep);
    if (reply.status !== "ok") return failureOf(reply, allowSleep.text);
    const deadline = this.#clock.ticks + activeSeconds * 1000 + connectedTailMilliseconds;
    while (!this.hasFallenAsleep() && this.#session.isOpen()) {
      const left = deadline - this.#clock.ticks;
      if (left <= 0) return failed("timed-out", "power saving mode");
      await this.#news.rest(left);
    }
    return this.hasFallenAsleep() ? { ok: true, value: undefined } : failed("timed-out", "closed");
  }

  async pressPowerKey(): Promise<void> {
    this.#socket?.abandon();
    this.#powerKey.write(1);
    await this.#session.rest(powerKeyMilliseconds);
    if (this.#session.isOpen()) this.#powerKey.write(0);
    this.#session.noteSleep();
  }

  close(): void {
    this.#socket?.abandon();
    this.#session.close();
    this.#news.end();
    this.#powerKey.close();
    this.#reset.close();
  }

  /** Wakes the modem, or switches it on, or resets it. */
  private async rouse(): Promise<boolean> {
    if (await this.#session.wake()) return true;
    if (await this.pulse(this.#powerKey, powerKeyMilliseconds)) return true;
    return this.pulse(this.#reset, resetMilliseconds);
  }

  private async pulse(line: DigitalOutput, milliseconds: number): Promise<boolean> {
    if (!this.#session.isOpen()) return false;
    line.write(1);
    await this.#session.rest(milliseconds);
    if (!this.#session.isOpen()) return false;
    line.write(0);
    return this.#session.wake(startUpTries);
  }

  private noAnswer(): ModemOutcome<never> {
    return this.#session.isOpen()
      ? failed("no-answer", "silent after power key and reset")
      : failed("timed-out", "closed");
  }

  /** Some refusals last until the radio has been off (3GPP TS 24.301, 5.5.1.2.5), although the reason may be gone. */
  private async forgetRefusal(): Promise<ModemOutcome<undefined>> {
    const off = await switchRadio(this.#session, 0);
    if (!off.ok) return off;
    this.#registration = undefined;
    return switchRadio(this.#session, 1);
  }

  private async readRegistration(): Promise<ModemOutcome<undefined>> {
    const reply = await this.#session.ask(readRegistration);
    if (reply.status !== "ok") return failureOf(reply, readRegistration.text);
    const { lines } = reply;
    for (let index = 0; index < lines.length; index++) this.noteRegistration(lines[index] as string);
    return { ok: true, value: undefined };
  }

  private async awaitRegistration(): Promise<ModemOutcome<undefined>> {
    const deadline = this.#clock.ticks + attachMilliseconds;
    while (this.#session.isOpen()) {
      const registration = this.#registration;
      if (registration && isRegistered(registration)) return { ok: true, value: undefined };
      const refusal = registration && refusalOf(registration);
      if (refusal) return failed(refusal, `EMM cause ${registration.cause ?? ""}`);
      const left = deadline - this.#clock.ticks;
      if (left <= 0) return failed("no-network", "not registered in time");
      if (await this.#news.rest(Math.min(left, registrationPollMilliseconds))) continue;
      const read = await this.readRegistration();
      if (!read.ok) return read;
    }
    return failed("timed-out", "closed");
  }

  private async open(command: AtCommand): Promise<ModemOutcome<DatagramSocket>> {
    const reply = await this.#session.ask(command);
    const answer = reply.lines[0] ?? "";
    if (reply.status === "ok" && parametersOf(answer, "+QIOPEN:")?.[1] === "0") {
      this.#socket = new Bc660kGlSocket(this.#session, this.#clock);
      return { ok: true, value: this.#socket };
    }
    // Even a socket that failed to open has to be closed before its number can be used again.
    if (this.#session.isOpen()) await this.#session.ask(closeSocketCommand);
    return reply.status === "ok" ? failed("refused", answer) : failureOf(reply, "AT+QIOPEN");
  }

  private hasFallenAsleep(): boolean {
    return this.#isSaving;
  }

  private noteRegistration(line: string): void {
    this.#registration = parseRegistration(line) ?? this.#registration;
  }

  /** Takes a line that the modem sent of its own accord. */
  hear(line: string): void {
    if (line.startsWith("+QIURC:")) this.#socket?.notice(line);
    else if (line === "RDY") this.#socket?.abandon();
    else if (line.startsWith("+CEREG:")) {
      this.noteRegistration(line);
      this.#news.end();
    } else if (line.startsWith('+QNBIOTEVENT: "ENTER')) {
      this.#isSaving = true;
      this.#session.noteSleep();
      this.#news.end();
    }
  }
}
