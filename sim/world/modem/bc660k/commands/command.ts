import type { Random } from "../../../../kernel/random.js";
import type { ModemClock } from "../../modem-clock.js";
import type { Radio } from "../../radio.js";
import type { ModemSettings } from "../../settings.js";
import type { Sockets } from "../../sockets.js";
import type { TimerSet } from "../../timer-set.js";
import type { UartOutput } from "../../uart-output.js";

/** What is written on the module and on the SIM card. */
export interface ModemNumbers {
  readonly imei: string;
  readonly imsi: string;
  readonly iccid: string;
}

/** The parts of the modem a command works on. */
export interface ModemParts {
  readonly identity: ModemNumbers;
  readonly random: Random;
  readonly timers: TimerSet;
  readonly settings: ModemSettings;
  readonly output: UartOutput;
  readonly radio: Radio;
  readonly sockets: Sockets;
  readonly clock: ModemClock;
  /** False when this start has failed to see the SIM. */
  hasSim(): boolean;
  /** Switches off, as AT+QPOWD does. */
  powerDown(): void;
  restart(): void;
}

/** A final result: undefined for `OK`, or a +CME ERROR number. */
export interface AtAnswer {
  readonly information?: readonly string[];
  readonly error?: number;
  /** Runs once the answer is on its way. */
  readonly afterwards?: () => void;
}

/** Answers at once, or returns undefined and calls `finish` later. */
export type CommandHandler = (
  modem: ModemParts,
  parameters: readonly string[],
  finish: (answer: AtAnswer) => void,
) => AtAnswer | undefined;

/** The forms of one command: `AT+X`, `AT+X?` and `AT+X=…`. `AT+X=?` is answered for all of them. */
export interface ModemCommand {
  readonly execute?: CommandHandler;
  readonly read?: CommandHandler;
  readonly write?: CommandHandler;
}

/** +CME ERROR numbers (3GPP TS 27.007, 9.2, and Quectel's own from 300 on). */
export const cmeError = Object.freeze({
  notAllowed: 3,
  notSupported: 4,
  simNotInserted: 10,
  networkTimeout: 31,
  incorrectParameters: 50,
  busy: 302,
} as const);

export const ok: AtAnswer = Object.freeze({});
export const incorrectParameters: AtAnswer = Object.freeze({ error: cmeError.incorrectParameters });

export function inform(...information: string[]): AtAnswer {
  return { information };
}

/** The number a parameter holds, undefined unless it is a whole number within the bounds. */
export function wholeNumber(text: string | undefined, low: number, high: number): number | undefined {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= low && value <= high ? value : undefined;
}
