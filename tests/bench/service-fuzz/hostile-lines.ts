import { sealLine } from "../../../firmware/contracts/service-line.js";
import { commands } from "../../../firmware/contracts/service-commands.js";
import type { Parameter } from "../../../firmware/contracts/service-parameters.js";
import type { Random } from "../../../sim/kernel/random.js";

const letters = ' !"#*+,-.0123456789:ABCDEFabcdefijklmnoprstuv[]\\{}_';
const longestNoise = 700;

/** Lines that somebody sends who means no good, or that a bad cable makes of good ones: each kind is likely. */
export class HostileLines {
  #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** One line, its end included. */
  next(): Uint8Array {
    const random = this.#random;
    switch (random.integer(0, 6)) {
      case 0:
        return this.#noise();
      case 1:
        return this.#line(this.#text(random.integer(0, longestNoise)));
      case 2:
        return this.#line(sealLine(this.#text(random.integer(0, 300))));
      case 3:
        return this.#line(this.#spoilt(sealLine(this.#request())));
      case 4:
        return this.#line(sealLine(this.#spoilt(this.#request())));
      case 5:
        return this.#line(sealLine(this.#nested()));
      default:
        return this.#line(sealLine(this.#request()));
    }
  }

  /** Any bytes but line ends, which would make lines of it. */
  #noise(): Uint8Array {
    const bytes = new Uint8Array(this.#random.integer(1, longestNoise));
    this.#random.fill(bytes);
    bytes[bytes.length - 1] = 0x0a;
    return bytes;
  }

  #line(text: string): Uint8Array {
    return Buffer.from(`${text}${this.#random.chance(0.5) ? "\r\n" : "\n"}`, "latin1");
  }

  #text(length: number): string {
    let text = "";
    for (let index = 0; index < length; index++) text += this.#character();
    return text;
  }

  #character(): string {
    return letters.charAt(this.#random.integer(0, letters.length - 1));
  }

  /** A few characters changed, left out or put in. */
  #spoilt(text: string): string {
    let spoilt = text;
    for (let change = this.#random.integer(1, 4); change > 0; change--) {
      const at = this.#random.integer(0, spoilt.length);
      const rest = spoilt.slice(at + this.#random.integer(0, 1));
      spoilt = spoilt.slice(0, at) + (this.#random.chance(0.7) ? this.#character() : "") + rest;
    }
    return spoilt;
  }

  #nested(): string {
    const depth = this.#random.integer(1, 120);
    const open = this.#random.chance(0.5) ? "[" : '{"a":';
    return `{"jsonrpc":"2.0","id":1,"method":"identify","params":${open.repeat(depth)}`.slice(0, 480);
  }

  /** A request that is well formed, of any command or none, with parameters that are right or not. */
  #request(): string {
    const random = this.#random;
    const command = commands[random.integer(0, commands.length - 1)];
    const method = random.chance(0.9) && command ? command.name : this.#name();
    const members: [string, unknown][] = (command?.parameters ?? []).map((each) => [
      each.name,
      this.#value(each),
    ]);
    while (random.chance(0.2)) members.push([this.#name(), random.uint32()]);
    const params = Object.fromEntries(members);
    return JSON.stringify({ jsonrpc: "2.0", id: random.uint32(), method, params }).slice(0, 500);
  }

  #name(): string {
    return this.#text(this.#random.integer(0, 24)).replace(/["\\]/g, "");
  }

  #value(parameter: Parameter): unknown {
    const random = this.#random;
    if (random.chance(0.2)) return [null, true, -1, 1e15, "", "x".repeat(40)][random.integer(0, 5)];
    switch (parameter.type) {
      case "integer":
        return random.integer(parameter.lowest, parameter.highest);
      case "text":
        return this.#text(random.integer(1, parameter.longest)).replace(/["\\]/g, "x");
      case "hexadecimal": {
        const bytes = Buffer.alloc(parameter.byteLength);
        random.fill(bytes);
        return bytes.toString("hex");
      }
      case "choice":
        return parameter.choices[random.integer(0, parameter.choices.length - 1)];
    }
  }
}
