import type { Clock, TimerHandle } from "../../hal/clock.js";
import type { SerialConnection } from "../../hal/hardware.js";
import { consistsOf, decimalDigits } from "./characters.js";
import { LineSplitter } from "./lines.js";
import { Pipe } from "./pipe.js";

/** One line of an AT script (3GPP TS 27.007; ITU-T V.250). */
export interface Command {
  /** Without the carriage return that ends it. */
  readonly text: string;
  /** Beginning of the information lines that belong to the answer. */
  readonly response?: string;
  /** Lines of digits only belong to the answer too (AT+CIMI). */
  readonly bareDigits?: boolean;
  /** The command has ended only when, besides OK, a line with this beginning has come (`SEND OK`). */
  readonly completion?: string;
  /** Beginnings of lines that end the command in failure (`SEND FAIL`), besides ERROR and its kin. */
  readonly abort?: readonly string[];
  /** From sending the command to its end. */
  readonly timeoutMilliseconds: number;
}

export interface Reply {
  /** `silent`: the modem did not even answer AT, so the command was not sent. */
  readonly status: "ok" | "error" | "timed-out" | "silent" | "closed";
  /** The information lines, and the completing line, in the order of arrival. */
  readonly lines: readonly string[];
  /** The line that ended the command in failure, otherwise empty. */
  readonly error: string;
}

export interface ChatOptions {
  readonly serial: SerialConnection;
  readonly clock: Clock;
  /** Beginnings of lines that may arrive at any time, even glued to other lines. */
  readonly unsolicited: readonly string[];
  /** Called with each line that belongs to no command. */
  readonly onUnsolicited: (line: string) => void;
}

interface Exchange {
  readonly command: Command;
  readonly resolve: (reply: Reply) => void;
  readonly lines: string[];
  confirmed: boolean;
  completed: boolean;
  timer: TimerHandle | undefined;
}

/** Responses have one or two lines; more than this is a modem gone astray. */
const mostLines = 16;
/** Commands that wait for their turn; callers await their answers, so a longer queue is a programming error. */
const mostWaiting = 16;

/** Sends commands one after another, matches their answers, and passes on whatever else the modem says. */
export class Chat {
  #pipe: Pipe;
  #clock: Clock;
  #onUnsolicited: (line: string) => void;
  #running: Exchange | undefined;
  #waiting: Exchange[] = [];
  #open = true;

  /** @throws {RangeError} when the speed is out of range, {Error} when the port is unknown or in use. */
  constructor({ serial, clock, unsolicited, onUnsolicited }: ChatOptions) {
    this.#clock = clock;
    this.#onUnsolicited = onUnsolicited;
    const splitter = new LineSplitter({
      unsolicited,
      onLine: (line) => {
        this.take(line);
      },
    });
    this.#pipe = new Pipe({
      serial,
      onBytes: (bytes) => {
        if (this.#open) splitter.push(bytes);
      },
    });
  }

  /**
   * Sends `command` once its turn has come, and answers with what became of it.
   * @throws {Error} when more commands wait than any caller has reason for.
   */
  run(command: Command): Promise<Reply> {
    if (!this.#open) return Promise.resolve({ status: "closed", lines: [], error: "" });
    if (this.#waiting.length >= mostWaiting) throw new Error("too many commands wait for the modem");
    return new Promise((resolve) => {
      this.#waiting.push({
        command,
        resolve,
        lines: [],
        confirmed: false,
        completed: command.completion === undefined,
        timer: undefined,
      });
      if (!this.#running) this.next();
    });
  }

  /** Releases the port; commands under way and waiting end as `closed`. Idempotent. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    const unfinished = this.#running ? [this.#running, ...this.#waiting] : this.#waiting;
    this.#running = undefined;
    this.#waiting = [];
    for (const exchange of unfinished) this.end(exchange, "closed", "");
    this.#pipe.close();
  }

  private next(): void {
    const exchange = this.#waiting.shift();
    if (!exchange) return;
    this.#running = exchange;
    const { text, timeoutMilliseconds } = exchange.command;
    exchange.timer = this.#clock.setTimer(() => {
      exchange.timer = undefined;
      this.finish(exchange, "timed-out", "");
    }, timeoutMilliseconds);
    this.#pipe.write(`${text}\r`);
  }

  private finish(exchange: Exchange, status: Reply["status"], error: string): void {
    this.#running = undefined;
    this.end(exchange, status, error);
    this.next();
  }

  private end(exchange: Exchange, status: Reply["status"], error: string): void {
    if (exchange.timer !== undefined) this.#clock.clearTimer(exchange.timer);
    exchange.resolve({ status, lines: exchange.lines, error });
  }

  private take(line: string): void {
    // A handler that the line before this one called may have closed the chat.
    if (!this.#open) return;
    const exchange = this.#running;
    if (!exchange) this.#onUnsolicited(line);
    else if (line === "OK") this.confirm(exchange);
    else if (isFailure(line, exchange.command)) this.finish(exchange, "error", line);
    else if (belongsTo(line, exchange.command)) this.collect(exchange, line);
    else if (line !== exchange.command.text) this.#onUnsolicited(line);
  }

  private confirm(exchange: Exchange): void {
    exchange.confirmed = true;
    if (exchange.completed) this.finish(exchange, "ok", "");
  }

  private collect(exchange: Exchange, line: string): void {
    if (exchange.lines.length < mostLines) exchange.lines.push(line);
    const { completion } = exchange.command;
    if (completion === undefined || !line.startsWith(completion)) return;
    exchange.completed = true;
    if (exchange.confirmed) this.finish(exchange, "ok", "");
  }
}

function isFailure(line: string, { abort }: Command): boolean {
  if (line === "ERROR" || line.startsWith("+CME ERROR:") || line.startsWith("+CMS ERROR")) return true;
  return abort?.some((prefix) => line.startsWith(prefix)) ?? false;
}

function belongsTo(line: string, { response, completion, bareDigits }: Command): boolean {
  if (response !== undefined && line.startsWith(response)) return true;
  if (completion !== undefined && line.startsWith(completion)) return true;
  return bareDigits === true && line !== "" && consistsOf(line, decimalDigits);
}
