import { encodeHexadecimal, putText } from "../../../hal/base/bytes.js";
import type { Clock, TimerHandle } from "../../../hal/clock.js";
import type { SerialConnection } from "../../../hal/hardware.js";
import type { Serial } from "../../../hal/serial.js";
import { consistsOf, decimalDigits } from "./characters.js";
import { type LineListener, AtLineSplitter } from "./lines.js";

/** One line of an AT script (3GPP TS 27.007; ITU-T V.250). */
export interface AtCommand {
  /** Without the carriage return that ends it, and with a command that carries data, what stands before them. */
  readonly text: string;
  /** Written as hexadecimal digits behind `text`. */
  readonly data?: Uint8Array;
  /** What stands behind the data. */
  readonly ending?: string;
  /** Beginning of the information lines that belong to the answer. */
  readonly response?: string;
  /** Lines of digits only belong to the answer too (AT+CIMI). */
  readonly bareDigits?: boolean;
  /** The command has ended only when, besides OK, a line with this beginning has come (`SEND OK`). */
  readonly completion?: string;
  /** The beginning of a line that ends the command in failure (`SEND FAIL`), besides ERROR and its kin. */
  readonly abort?: string;
  /** From sending the command to its end. */
  readonly timeoutMilliseconds: number;
}

export interface AtReply {
  /** `silent`: the modem did not even answer AT, so the command was not sent. */
  readonly status: "ok" | "error" | "timed-out" | "silent" | "closed";
  /** The information lines, and the completing line, in the order of arrival. */
  readonly lines: readonly string[];
  /** The line that ended the command in failure, otherwise empty. */
  readonly error: string;
}

export interface ChatListener {
  /** Takes a line that belongs to no command. */
  hear(line: string): void;
}

export interface ChatOptions {
  readonly serial: SerialConnection;
  readonly clock: Clock;
  /** Beginnings of lines that may arrive at any time, even glued to other lines; each starts with a plus sign. */
  readonly unsolicited: readonly string[];
  readonly listener: ChatListener;
}

interface Exchange {
  readonly command: AtCommand;
  readonly resolve: (reply: AtReply) => void;
  readonly lines: string[];
  confirmed: boolean;
  completed: boolean;
}

/** What a modem says that has started, by itself too: it has forgotten what it was asked. */
export const startNotice = "RDY";
/** Responses have one or two lines; more than this is a modem gone astray. */
const mostLines = 16;
/** Commands that wait for their turn; callers await their answers, so a longer queue is a programming error. */
const mostWaiting = 16;

/**
 * Sends commands one after another, matches their answers, and passes on whatever else the modem says. The line has
 * eight data bits, no parity, one stop bit.
 */
export class Chat implements LineListener {
  /** False while the modem may be asleep, starting up or frozen: it did not answer the last command. */
  isAnswering = false;
  /** True when a command came back: the modem has its echo on. */
  hasEcho = false;
  #serial: Serial;
  #clock: Clock;
  #listener: ChatListener;
  #running: Exchange | undefined;
  #timer: TimerHandle | undefined;
  #waiting: Exchange[] = [];
  #open = true;

  /** @throws {RangeError} when the speed is out of range, {Error} when the port is unknown or in use. */
  constructor({ serial, clock, unsolicited, listener }: ChatOptions) {
    this.#clock = clock;
    this.#listener = listener;
    const splitter = new AtLineSplitter(unsolicited, this);
    this.#serial = new serial.io({
      port: serial.port,
      baud: serial.baud,
      parity: "none",
      onReadable: () => {
        const bytes = this.#serial.read();
        if (bytes && this.#open) splitter.push(bytes);
      },
    });
  }

  /**
   * Sends `command` once its turn has come, and answers with what became of it.
   * @throws {Error} when more commands wait than any caller has reason for.
   */
  run(command: AtCommand): Promise<AtReply> {
    if (!this.#open) return Promise.resolve({ status: "closed", lines: [], error: "" });
    if (this.#waiting.length >= mostWaiting) throw new Error("too many commands wait for the modem");
    return new Promise((resolve) => {
      const completed = command.completion === undefined;
      const exchange: Exchange = { command, resolve, lines: [], confirmed: false, completed };
      if (this.#running) this.#waiting.push(exchange);
      else this.begin(exchange);
    });
  }

  /** Takes a line of the modem's. */
  takeLine(line: string): void {
    // A handler that the line before this one called may have closed the chat.
    if (!this.#open) return;
    const exchange = this.#running;
    if (line === startNotice) this.noteStart();
    else if (!exchange) this.#listener.hear(line);
    else if (line === "OK") this.confirm(exchange);
    else if (isFailure(line, exchange.command)) this.finish("error", line);
    else if (belongsTo(line, exchange.command)) this.collect(exchange, line);
    else if (isEcho(line, exchange.command)) this.hasEcho = true;
    else this.#listener.hear(line);
  }

  /** Releases the port; commands under way and waiting end as `closed`. Idempotent. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.finishAll("closed", "");
    this.#serial.close();
  }

  /** Nobody answers what was asked before; of a modem that is waited for, it is no news. */
  private noteStart(): void {
    this.#listener.hear(startNotice);
    if (!this.isAnswering) return;
    this.isAnswering = false;
    this.finishAll("error", startNotice);
  }

  private finishAll(status: AtReply["status"], error: string): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (this.#running) this.finish(status, error);
    for (let index = 0; index < waiting.length; index++) {
      const { resolve, lines } = waiting[index] as (typeof waiting)[number];
      resolve({ status, lines, error });
    }
  }

  private begin(exchange: Exchange): void {
    this.#running = exchange;
    const { command } = exchange;
    this.#timer = this.#clock.setTimer(() => {
      this.#timer = undefined;
      this.isAnswering = false;
      this.finish("timed-out", "");
    }, command.timeoutMilliseconds);
    this.#serial.write(bytesOf(command));
  }

  private finish(status: AtReply["status"], error: string): void {
    const exchange = this.#running;
    this.#running = undefined;
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
    exchange?.resolve({ status, lines: exchange.lines, error });
    const next = this.#waiting.shift();
    if (next) this.begin(next);
  }

  private confirm(exchange: Exchange): void {
    exchange.confirmed = true;
    if (exchange.completed) this.finish("ok", "");
  }

  private collect(exchange: Exchange, line: string): void {
    if (exchange.lines.length < mostLines) exchange.lines.push(line);
    const { completion } = exchange.command;
    if (completion === undefined || !line.startsWith(completion)) return;
    exchange.completed = true;
    if (exchange.confirmed) this.finish("ok", "");
  }
}

/** The command as it goes on the line. A text of its own for that would take its memory until the command ends. */
function bytesOf({ text, data, ending = "" }: AtCommand): Uint8Array {
  const endingStart = text.length + 2 * (data?.length ?? 0);
  const bytes = new Uint8Array(endingStart + ending.length + 1);
  putText(bytes, 0, text);
  if (data) putText(bytes, text.length, encodeHexadecimal(data));
  putText(bytes, endingStart, `${ending}\r`);
  return bytes;
}

function isEcho(line: string, { text, data, ending = "" }: AtCommand): boolean {
  if (!data) return line === text;
  const length = text.length + 2 * data.length + ending.length;
  return line.length === length && line.startsWith(text) && line.endsWith(ending);
}

function isFailure(line: string, { abort }: AtCommand): boolean {
  if (line === "ERROR" || line.startsWith("+CME ERROR:") || line.startsWith("+CMS ERROR")) return true;
  return abort !== undefined && line.startsWith(abort);
}

function belongsTo(line: string, { response, completion, bareDigits }: AtCommand): boolean {
  if (response !== undefined && line.startsWith(response)) return true;
  if (completion !== undefined && line.startsWith(completion)) return true;
  return bareDigits === true && line !== "" && consistsOf(line, decimalDigits);
}
