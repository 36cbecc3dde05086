import type { DigitalOutput, DigitalOutputOptions } from "../../../hal/digital.js";
import type { ModemConnection, SerialConnection } from "../../../hal/hardware.js";
import type { Serial, SerialOptions } from "../../../hal/serial.js";
import type { VirtualClock } from "../../virtual-clock.js";

/** What the modem says `after` so many milliseconds; by default 10 ms behind the command. */
export interface Answer {
  readonly text: string;
  readonly after?: number;
}

const answerMilliseconds = 10;

/**
 * A modem that says what its script tells it, over a serial port of its own. Scripted with `on`; a command that
 * is not in the script gets no answer and is listed in `unexpected`.
 */
export class ScriptedModem {
  readonly clock: VirtualClock;
  /** Every command line that has arrived, without AT itself. */
  readonly commands: string[] = [];
  readonly unexpected: string[] = [];
  /** `pin:level@ticks` of every write, and `pin:closed`. */
  readonly pins: string[] = [];
  portOptions: SerialOptions | undefined;
  isPortOpen = false;
  /** When set, everything the modem says arrives in pieces of this many bytes, a millisecond apart. */
  pieceLength = 0;
  /** AT commands that the modem still sleeps through. */
  deafTo = 0;
  attentions = 0;
  onPin: ((pin: string, level: 0 | 1) => void) | undefined;
  #script = new Map<string, (readonly Answer[])[]>();
  #received: Uint8Array[] = [];
  #line = "";
  /** When the last byte that was said has left the modem. */
  #lineFreeAt = 0;

  constructor(clock: VirtualClock) {
    this.clock = clock;
    this.on("AT", "OK");
  }

  /** Each string is one line; each call adds one turn, and the last turn repeats. */
  on(command: string, ...answers: readonly (string | Answer)[]): this {
    const turn = answers.map((answer) =>
      typeof answer === "string" ? { text: `\r\n${answer}\r\n` } : answer,
    );
    this.#script.set(command, [...(this.#script.get(command) ?? []), turn]);
    return this;
  }

  /** Forgets what `command` was to answer, and scripts one turn anew. */
  instead(command: string, ...answers: readonly (string | Answer)[]): this {
    this.#script.delete(command);
    return this.on(command, ...answers);
  }

  /** Says `text`, as it stands. */
  say(text: string): void {
    this.sayBytes(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  }

  sayBytes(bytes: Uint8Array): void {
    const length = this.pieceLength || bytes.length;
    for (let start = 0; start < bytes.length; start += length) {
      const piece = bytes.slice(start, start + length);
      const at = Math.max(this.clock.ticks, this.#lineFreeAt);
      this.#lineFreeAt = this.pieceLength ? at + 1 : at;
      this.clock.setTimer(() => {
        if (!this.isPortOpen) return;
        this.#received.push(piece);
        this.portOptions?.onReadable(piece.length);
      }, at - this.clock.ticks);
    }
  }

  get connection(): ModemConnection {
    return {
      serial: this.serial,
      powerKey: { io: this.#outputClass(), pin: "power-key" },
      reset: { io: this.#outputClass(), pin: "reset" },
    };
  }

  get serial(): SerialConnection {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the class below has a `this` of its own
    const modem = this;
    return {
      port: "modem",
      baud: 115_200,
      io: class implements Serial {
        constructor(options: SerialOptions) {
          modem.portOptions = options;
          modem.isPortOpen = true;
        }
        read(): Uint8Array | undefined {
          return modem.#received.shift();
        }
        write(bytes: Uint8Array): void {
          if (!modem.isPortOpen) throw new Error("the port is closed");
          modem.#hear(bytes);
        }
        close(): void {
          modem.isPortOpen = false;
        }
      },
    };
  }

  #outputClass(): new (options: DigitalOutputOptions) => DigitalOutput {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the class below has a `this` of its own
    const modem = this;
    return class implements DigitalOutput {
      #pin: string;
      #open = true;
      constructor({ pin }: DigitalOutputOptions) {
        this.#pin = pin;
      }
      write(level: 0 | 1): void {
        if (!this.#open) throw new Error("the pin is closed");
        modem.pins.push(`${this.#pin}:${level}@${modem.clock.ticks}`);
        modem.onPin?.(this.#pin, level);
      }
      close(): void {
        if (this.#open) modem.pins.push(`${this.#pin}:closed`);
        this.#open = false;
      }
    };
  }

  #hear(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte !== 13) this.#line += String.fromCharCode(byte);
      else {
        const line = this.#line;
        this.#line = "";
        this.#answer(line);
      }
    }
  }

  #answer(line: string): void {
    if (line === "AT") this.attentions++;
    else this.commands.push(line);
    if (this.deafTo > 0) {
      this.deafTo--;
      return;
    }
    const turns = this.#script.get(line);
    const turn = turns && turns.length > 1 ? turns.shift() : turns?.[0];
    if (!turn) this.unexpected.push(line);
    else this.#perform(turn);
  }

  #perform(turn: readonly Answer[]): void {
    let at = 0;
    for (const { text, after = answerMilliseconds } of turn) {
      at += after;
      this.clock.setTimer(() => {
        this.say(text);
      }, at);
    }
  }
}
