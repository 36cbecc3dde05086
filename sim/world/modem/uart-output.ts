import type { Random } from "../../kernel/random.js";
import type { Scheduled } from "../../kernel/world.js";
import type { ModemBehaviour } from "./modem-behaviour.js";
import type { TimerSet } from "./timer-set.js";

/** 115200 baud, ten bits a character. */
const characterMilliseconds = 10 / 115.2;

/** A line the modem says of itself, held back to stick to the next response. */
interface HeldLine {
  readonly text: string;
  readonly release: Scheduled;
}

export interface UartOutputOptions {
  readonly timers: TimerSet;
  readonly random: Random;
  readonly behaviour: ModemBehaviour;
  readonly onOutput: (bytes: Uint8Array) => void;
}

/**
 * The modem's TXD line. Text leaves in pieces, each handed on when its last character is through. Splitting
 * and gluing draw from streams of their own: how a text is split does not change what it says.
 */
export class UartOutput {
  #options: UartOutputOptions;
  #splitRandom: Random;
  #pending = "";
  #isSending = false;
  #held: HeldLine[] = [];

  constructor(options: UartOutputOptions) {
    this.#options = options;
    this.#splitRandom = options.random.fork("split");
  }

  get isIdle(): boolean {
    return this.#pending === "" && !this.#isSending && this.#held.length === 0;
  }

  /** Puts out `text` as it is. */
  echo(text: string): void {
    this.#pending += text;
    this.#pump();
  }

  /** Puts out a response: information lines and the final result, with lines held back inside or behind. */
  respond(information: readonly string[], result: string): void {
    const { random } = this.#options;
    const held = this.#held.splice(0);
    for (const { release } of held) this.#options.timers.cancel(release);
    // Two groups, so that held lines keep their order.
    const inside = information.length > 0 && random.chance(0.5) ? held.length : 0;
    const text = [
      ...information,
      ...held.slice(0, inside).map((line) => line.text),
      result,
      ...held.slice(inside).map((line) => line.text),
    ];
    this.echo(text.map(frame).join(""));
  }

  /** Puts out a line that belongs to a command and is never lost, such as `SEND OK`. */
  report(text: string): void {
    this.#releaseHeld();
    this.echo(frame(text));
  }

  /** Puts out an unsolicited line, or holds it back, or loses it. */
  announce(text: string): void {
    const { behaviour, random, timers } = this.#options;
    if (random.chance(behaviour.unsolicitedLossOdds)) return;
    const isHeld = random.chance(behaviour.glueOdds);
    const { low, high } = behaviour.glueHoldMilliseconds;
    if (!isHeld && this.#held.length === 0) {
      this.echo(frame(text));
      return;
    }
    const release = timers.after(random.uniform(low, high), () => {
      this.#releaseHeld();
    });
    this.#held.push({ text, release });
  }

  /** Forgets everything that has not left; the caller has ended the timers. */
  clear(): void {
    this.#pending = "";
    this.#isSending = false;
    this.#held = [];
  }

  #releaseHeld(): void {
    for (const { text, release } of this.#held.splice(0)) {
      this.#options.timers.cancel(release);
      this.echo(frame(text));
    }
  }

  #pump(): void {
    if (this.#isSending || this.#pending === "") return;
    const { behaviour, timers } = this.#options;
    const random = this.#splitRandom;
    let length = this.#pending.length;
    let pauseMilliseconds = 0;
    if (length > 1 && random.chance(behaviour.splitOdds)) {
      length = random.integer(1, length - 1);
      pauseMilliseconds = random.uniform(
        behaviour.splitPauseMilliseconds.low,
        behaviour.splitPauseMilliseconds.high,
      );
    }
    const piece = this.#pending.slice(0, length);
    this.#pending = this.#pending.slice(length);
    this.#isSending = true;
    timers.after(length * characterMilliseconds, () => {
      this.#options.onOutput(bytesOf(piece));
      timers.after(pauseMilliseconds, () => {
        this.#isSending = false;
        this.#pump();
      });
    });
  }
}

function frame(line: string): string {
  return `\r\n${line}\r\n`;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}
