import { requireRange } from "../../../hal/base/ranges.js";
import type { Clock } from "../../../hal/clock.js";
import type { DigitalOutput } from "../../../hal/digital.js";
import {
  type Bc660kGlSettings,
  commandMilliseconds,
  configure,
  switchRadio,
  turnRadioOn,
  unsolicited,
} from "./configuration.js";
import { AnnouncedTime } from "./announced-time.js";
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
  ModemRemedy,
  ModemTime,
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

/** The hardware design asks for at least 500 ms on the power key and 50 ms on the reset line. */
const powerKeyMilliseconds = 700;
const resetMilliseconds = 100;
/** It leaves the network first, and takes no key meanwhile. */
const powerDownMilliseconds = 5000;
/** Starting up takes the modem up to 15 s: ten tries with growing patience, then one a second. */
const startUpTries = 20;

const registrationPollMilliseconds = 30_000;
/** For a connection that lingers for 20 s and some seconds of active time: longer costs more than to attach anew. */
const fallAsleepMilliseconds = 30_000;

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
/** `<stat>` of +CEREG: the modem attaches by itself, and takes no other command while it is asked to. */
const searching = 2;
const longestAttachMilliseconds = 70_000;
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
  #session: AtSession;
  #powerKey: DigitalOutput;
  #reset: DigitalOutput;
  #socket: Bc660kGlSocket | undefined;
  /** Ends when the modem tells of its registration or its sleep. */
  #news: Pause;
  #registration: NetworkRegistration | undefined;
  #announced = new AnnouncedTime();
  #isSaving = false;
  /** Power key and reset have not made it answer. */
  #isSilent = false;

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

  async start(remedy: ModemRemedy): Promise<ModemOutcome<undefined>> {
    this.#socket?.abandon();
    if (!(await this.rouse()) || !(await this.remedy(remedy))) return this.noAnswer();
    let outcome = await configure(this.#session, this.#settings, true);
    // Now and then a modem loses sight of a healthy SIM until it is restarted.
    if (outcome.ok ? !outcome.value : outcome.code === "no-sim") {
      if (!(await this.pulse(this.#reset, resetMilliseconds))) return this.noAnswer();
      outcome = await configure(this.#session, this.#settings, false);
    }
    return outcome.ok ? { ok: true, value: undefined } : outcome;
  }

  async attach(patienceMilliseconds: number): Promise<ModemOutcome<undefined>> {
    const deadline = this.#clock.ticks + patienceMilliseconds;
    const radio = await turnRadioOn(this.#session);
    if (!radio.ok) return radio;
    const read = await this.readRegistration();
    if (!read.ok) return read;
    if (this.#registration && isRegistered(this.#registration)) return { ok: true, value: undefined };
    if (this.#registration && isDenied(this.#registration)) {
      const restarted = await this.forgetRefusal();
      if (!restarted.ok) return restarted;
    }
    if (this.#registration?.status !== searching) await this.requestAttach(deadline);
    return this.awaitRegistration(deadline);
  }

  async networkTime(): Promise<ModemOutcome<ModemTime | undefined>> {
    const read = await readNetworkTime(this.#session);
    if (!read.ok || !read.value) return read;
    return { ok: true, value: this.#announced.confirm(read.value, this.#clock.ticks) };
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

  async retire(mayStayRegistered: boolean): Promise<ModemOutcome<undefined>> {
    if (this.#isSilent) return this.noAnswer();
    await this.#socket?.close();
    this.#isSaving = false;
    const isAttached = this.#registration !== undefined && isRegistered(this.#registration);
    if (!mayStayRegistered || !isAttached) return this.silence();
    const { status } = await this.#session.ask(allowSleep);
    return status === "ok" && (await this.fallsAsleep()) ? { ok: true, value: undefined } : this.silence();
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
    const isAnswering = await this.pulse(this.#reset, resetMilliseconds);
    this.#isSilent = !isAnswering;
    return isAnswering;
  }

  private async remedy(remedy: ModemRemedy): Promise<boolean> {
    if (remedy === "none") return true;
    if (remedy === "reset") return this.pulse(this.#reset, resetMilliseconds);
    await this.pressPowerKey();
    await this.#session.rest(powerDownMilliseconds);
    return this.rouse();
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

  /** A radio that searches or listens on draws more in a day than a meter in a month. */
  private async silence(): Promise<ModemOutcome<undefined>> {
    const outcome = await this.sleepWithoutRadio();
    if (outcome.ok || !this.#session.isOpen()) return outcome;
    if (await this.pulse(this.#reset, resetMilliseconds)) {
      const again = await this.sleepWithoutRadio();
      if (again.ok) return again;
    }
    if (this.#session.isOpen()) await this.pressPowerKey();
    return outcome;
  }

  private async sleepWithoutRadio(): Promise<ModemOutcome<undefined>> {
    const off = await switchRadio(this.#session, 0);
    if (!off.ok) return off;
    const reply = await this.#session.ask(allowSleep);
    return reply.status === "ok" ? off : failureOf(reply, allowSleep.text);
  }

  /** Waits, for a bounded time, until it is asleep. */
  private async fallsAsleep(): Promise<boolean> {
    const deadline = this.#clock.ticks + fallAsleepMilliseconds;
    while (!this.#isSaving && this.#session.isOpen()) {
      const left = deadline - this.#clock.ticks;
      if (left <= 0) return false;
      await this.#news.rest(left);
    }
    return this.#isSaving;
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

  /** Whether this worked is for the registration to tell, along with the cause of a refusal. */
  private async requestAttach(deadline: number): Promise<void> {
    const { lines } = await this.#session.ask(readAttach);
    const timeoutMilliseconds = Math.min(longestAttachMilliseconds, deadline - this.#clock.ticks);
    if (hasFirstParameter(lines, "+CGATT:", "1") || timeoutMilliseconds <= 0) return;
    await this.#session.ask({ text: "AT+CGATT=1", timeoutMilliseconds });
  }

  private async awaitRegistration(deadline: number): Promise<ModemOutcome<undefined>> {
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

  private noteRegistration(line: string): void {
    this.#registration = parseRegistration(line) ?? this.#registration;
  }

  /** Takes a line that the modem sent of its own accord. */
  hear(line: string): void {
    if (line.startsWith("+QIURC:")) this.#socket?.notice(line);
    else if (line === "RDY") {
      this.#socket?.vanish();
      this.#registration = undefined;
    } else if (line.startsWith("+CEREG:")) {
      this.noteRegistration(line);
      this.#news.end();
    } else if (line.startsWith("+CTZEU:")) this.#announced.hear(line, this.#clock.ticks);
    else if (line.startsWith('+QNBIOTEVENT: "ENTER')) {
      this.#isSaving = true;
      this.#session.noteSleep();
      this.#news.end();
    }
  }
}
