import type { BytePort } from "../ports/byte-port.js";
import { LineSplitter } from "../meter/line-splitter.js";

/** What a command does with its parameters; a query gives its response. */
export type ScpiAction = (parameters: readonly string[]) => string | undefined | Promise<string | undefined>;

/** An error as `SYSTem:ERRor?` reports it (SCPI-1999 volume 2, 21.8). */
export class ScpiError extends Error {
  readonly number: number;

  constructor(number: number, message: string) {
    super(message);
    this.number = number;
  }
}

const longestCommand = 1024;
const mostErrors = 20;

/**
 * The language part of a simulated instrument: headers in long and short form, parameters, `;`, the queue of errors
 * and the common commands of IEEE 488.2. A message is carried out when the one before it is done.
 */
export class ScpiInstrument {
  /** Stops answering, as one whose power has gone. */
  isDead = false;
  #identity: string;
  #actions: readonly (readonly [RegExp, ScpiAction])[];
  #errors: string[] = [];
  #last: Promise<void> = Promise.resolve();

  /** @param actions by header in SCPI's notation, such as `OUTPut[:STATe]` */
  constructor(identity: string, actions: Readonly<Record<string, ScpiAction>>) {
    this.#identity = identity;
    this.#actions = Object.entries(actions).map(([header, action]) => [headerPattern(header), action]);
  }

  /** Carries out one message. `answer` gets what is to be sent back. */
  take(message: string, answer: (line: string) => void): void {
    this.#last = this.#last.then(async () => {
      const responses: string[] = [];
      for (const part of message.split(";")) {
        const response = await this.#carryOut(part.trim().replace(/^:/, ""));
        if (response !== undefined) responses.push(response);
      }
      if (responses.length > 0 && !this.isDead) answer(responses.join(";"));
    });
  }

  async #carryOut(part: string): Promise<string | undefined> {
    if (part === "") return undefined;
    const [header = "", rest = ""] = part.split(/\s+(.*)/s);
    if (/^\*IDN\?$/i.test(header)) return this.#identity;
    if (/^\*OPC\?$/i.test(header)) return "1";
    if (/^SYST(em)?:ERR(or)?(:NEXT)?\?$/i.test(header)) return this.#errors.shift() ?? '0,"No error"';
    const found = this.#actions.find(([pattern]) => pattern.test(header));
    try {
      if (!found) throw new ScpiError(-113, "Undefined header");
      return await found[1](parametersOf(rest));
    } catch (error) {
      const number = error instanceof ScpiError ? error.number : -200;
      const text = error instanceof Error ? error.message : "Execution error";
      if (this.#errors.length < mostErrors) this.#errors.push(`${number},"${text}"`);
      return undefined;
    }
  }
}

/** A port to the instrument, in this process. */
export class InstrumentPort implements BytePort {
  readonly name: string;
  onReceive: BytePort["onReceive"];
  onLost: BytePort["onLost"];
  #lines: LineSplitter;

  constructor(name: string, instrument: ScpiInstrument, nowMilliseconds: () => number) {
    this.name = name;
    this.#lines = new LineSplitter(longestCommand, (line) => {
      instrument.take(line, (response) => {
        this.onReceive?.(new TextEncoder().encode(`${response}\n`), nowMilliseconds());
      });
    });
  }

  send(bytes: Uint8Array): void {
    this.#lines.push(bytes, 0);
  }

  async close(): Promise<void> {
    this.onReceive = undefined;
    return Promise.resolve();
  }
}

/** A comma between brackets belongs to a channel list. */
function parametersOf(text: string): string[] {
  return text === "" ? [] : text.split(/,(?![^(]*\))/).map((parameter) => parameter.trim());
}

/** `OUTPut[:STATe]` takes OUTP, OUTPUT, OUTP:STAT and so on. */
function headerPattern(header: string): RegExp {
  const pattern = header
    .replace(/\?/g, "\\?")
    .replace(/([A-Z]+)([a-z]+)/g, (_word, short: string, rest: string) => `${short}(?:${rest})?`)
    .replace(/\[/g, "(?:")
    .replace(/\]/g, ")?");
  return new RegExp(`^${pattern}$`, "i");
}
