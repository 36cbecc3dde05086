import type { Clock } from "../../hal/clock.js";
import type { ModemConnection } from "../../hal/hardware.js";
import type { Outcome } from "../../hal/outcome.js";

/**
 * Why a modem could not do what was asked.
 * - `no-answer`: silent, even after a power cycle and a reset.
 * - `no-sim`: no SIM, or one that does not answer.
 * - `denied`: the network refused this subscriber (EMM causes 3, 5, 6, 7, 8).
 * - `no-network`: no cell, or no attach in time.
 * - `refused`: the modem answered with an error; `detail` holds its text.
 * - `timed-out`: the modem answers, but this did not end in time.
 */
export type ModemFailure = "no-answer" | "no-sim" | "denied" | "no-network" | "refused" | "timed-out";

export type ModemOutcome<Value> = Outcome<Value, ModemFailure>;

export interface ModemIdentity {
  /** 15 digits (3GPP TS 23.003, 6.2.1). */
  readonly imei: string;
  /** At most 15 digits (3GPP TS 23.003, 2.2). */
  readonly imsi: string;
  /** 19 or 20 digits (ITU-T E.118). */
  readonly iccid: string;
}

export interface SignalQuality {
  /** NRSRP in dBm. */
  readonly powerDbm: number;
  /** Signal to noise ratio in dB. */
  readonly noiseRatioDb: number;
  /** Coverage enhancement level, 0 (good) to 2 (extreme); undefined where the modem has no connection to tell it of. */
  readonly coverageLevel: number | undefined;
}

/** Release assistance (3GPP TS 24.301, 9.9.4.25): lets the network end the costly connected tail early. */
export type ReleaseAssistance = "none" | "after-this" | "after-reply";

/** A connected UDP socket. */
export interface DatagramSocket {
  /** Called for each datagram that arrives. Never called inside a public method. */
  onDatagram: ((datagram: Uint8Array) => void) | undefined;
  /** Called when nothing can be sent or received any more. Never called inside a public method. */
  onLost: (() => void) | undefined;
  /**
   * Hands one datagram (1 to 512 bytes) to the network; success does not mean that it arrived. What is `refused` may be
   * taken later.
   */
  send(datagram: Uint8Array, release: ReleaseAssistance): Promise<ModemOutcome<undefined>>;
  close(): Promise<void>;
}

/** What every maker's driver is told. */
export interface ModemOptions {
  readonly connection: ModemConnection;
  readonly clock: Clock;
  /** Access point name, 1 to 100 letters, digits, dots and hyphens (3GPP TS 23.003, 9.1). */
  readonly apn: string;
  /** What to ask the network for; it may grant other values. */
  readonly powerSaving: {
    /** T3412 extended, in seconds: 2 to 35,712,000. */
    readonly periodicUpdateSeconds: number;
    /** T3324, in seconds: 2 to 11,160. */
    readonly activeSeconds: number;
  };
}

/** A driver's class. @throws {RangeError} when an option is out of range, {Error} when a line is unknown or in use. */
export type ModemConstructor = new (options: ModemOptions) => Modem;

/** What is done to a modem before it is used, for it was of no use lately: nothing, a reset, or off and on again. */
export type ModemRemedy = "none" | "reset" | "power-cycle";

/** The network's time, as far as the modem's word for it has one meaning. */
export interface ModemTime {
  /** UTC in epoch milliseconds. */
  readonly epochMilliseconds: number;
  /** What it is if the modem's clock is not in the time that the standard has it in; undefined when that is out of question. */
  readonly otherMilliseconds: number | undefined;
}

/** A cellular modem, whatever its maker. One operation at a time. */
export interface Modem {
  /** Wakes it from power saving or switches it on, resets it if it is frozen, and configures it. */
  start(remedy: ModemRemedy): Promise<ModemOutcome<undefined>>;
  /** Waits until it is registered on the network, for so long at most. */
  attach(patienceMilliseconds: number): Promise<ModemOutcome<undefined>>;
  /** The time that the network has given; undefined when it has not. */
  networkTime(): Promise<ModemOutcome<ModemTime | undefined>>;
  identity(): Promise<ModemOutcome<ModemIdentity>>;
  signal(): Promise<ModemOutcome<SignalQuality>>;
  openSocket(host: string, port: number): Promise<ModemOutcome<DatagramSocket>>;
  /**
   * Leaves it where it draws next to nothing, whatever it was at: asleep when it may stay registered, is so, and falls
   * asleep within 30 s, otherwise with its radio off, so that it attaches anew. A modem that does not listen is reset, and
   * switched off if that does not help.
   */
  retire(mayStayRegistered: boolean): Promise<ModemOutcome<undefined>>;
  /** Presses its power key, which switches it on when it is off, and off when it is on. */
  pressPowerKey(): Promise<void>;
  /** Releases its pins and port; the modem itself stays in the state it is in. Idempotent. */
  close(): void;
}
