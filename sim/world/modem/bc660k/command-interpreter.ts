import { type AtAnswer, cmeError, type ModemParts } from "./commands/command.js";
import { type CommandLine, parseCommandLine } from "./commands/command-line.js";
import { commandTable } from "./commands/command-table.js";
import type { ModemBehaviour } from "../modem-behaviour.js";

/** Longer than the longest command: 1,024 bytes as hexadecimal text. */
const lineLimit = 2_200;
/** Commands that wait while one is carried out; further ones are lost. */
const waitingLimit = 16;

export interface CommandInterpreterOptions {
  readonly modem: ModemParts;
  readonly behaviour: ModemBehaviour;
  /** Called before a command that freezes the modem. */
  readonly freeze: () => void;
}

/** Turns what arrives on RXD into command lines and carries them out, one after the other. */
export class CommandInterpreter {
  #options: CommandInterpreterOptions;
  #line = "";
  #waiting: string[] = [];
  #isExecuting = false;

  constructor(options: CommandInterpreterOptions) {
    this.#options = options;
  }

  get isExecuting(): boolean {
    return this.#isExecuting;
  }

  receive(bytes: Uint8Array): void {
    const { output, settings } = this.#options.modem;
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    if (settings.stored.echoes) output.echo(text);
    for (const character of text) {
      if (character === "\r") this.#endLine();
      else if (character !== "\n" && this.#line.length < lineLimit) this.#line += character;
    }
  }

  /** Forgets everything: the modem has slept or restarted. */
  clear(): void {
    this.#line = "";
    this.#waiting = [];
    this.#isExecuting = false;
  }

  #endLine(): void {
    if (this.#waiting.length < waitingLimit) this.#waiting.push(this.#line);
    this.#line = "";
    this.#startNext();
  }

  #startNext(): void {
    const { behaviour, freeze, modem } = this.#options;
    let command: CommandLine | undefined;
    while (!this.#isExecuting && this.#waiting.length > 0) {
      command = parseCommandLine(this.#waiting.shift() ?? "");
      this.#isExecuting = command !== undefined;
    }
    if (!command) return;
    const { low, high } = behaviour.responseMilliseconds;
    const begun = command;
    modem.timers.after(modem.random.uniform(low, high), () => {
      if (modem.random.chance(behaviour.freezeOdds)) freeze();
      else this.#execute(begun);
    });
  }

  #execute({ name, form, parameters }: CommandLine): void {
    const command = commandTable.get(name);
    if (!command) {
      this.#finish({ error: cmeError.notAllowed });
      return;
    }
    if (form === "test") {
      this.#finish({});
      return;
    }
    const handler = command[form];
    if (!handler) {
      this.#finish({ error: cmeError.notSupported });
      return;
    }
    const answer = handler(this.#options.modem, parameters, (later) => {
      this.#finish(later);
    });
    if (answer) this.#finish(answer);
  }

  #finish({ information = [], error, afterwards }: AtAnswer): void {
    const { output, settings } = this.#options.modem;
    output.respond(information, error === undefined ? "OK" : errorText(error, settings.stored.errorDetail));
    this.#isExecuting = false;
    afterwards?.();
    this.#startNext();
  }
}

const errorWords: ReadonlyMap<number, string> = new Map([
  [cmeError.notAllowed, "operation not allowed"],
  [cmeError.notSupported, "operation not supported"],
  [cmeError.simNotInserted, "SIM not inserted"],
  [cmeError.networkTimeout, "network timeout"],
  [cmeError.incorrectParameters, "incorrect parameters"],
  [cmeError.busy, "busy"],
]);

function errorText(error: number, detail: 0 | 1 | 2): string {
  if (detail === 0) return "ERROR";
  return `+CME ERROR: ${detail === 1 ? error : (errorWords.get(error) ?? error)}`;
}
