import type { RequestId } from "../../contracts/service-protocol.js";

/** A value as it stood in a request; anything but these is no request of ours. */
export type RequestValue = number | string | boolean | null;

export interface RequestMember {
  readonly name: string;
  readonly value: RequestValue;
}

export interface Request {
  readonly id: RequestId;
  readonly method: string;
  readonly parameters: readonly RequestMember[];
}

/**
 * What a message turned out to be. `answer` is one of the other side's, or of our own that came back: nothing is ever
 * said to it. The id is told as far as it was understood.
 */
export type RequestReading =
  | { readonly kind: "request"; readonly request: Request }
  | { readonly kind: "answer" }
  | { readonly kind: "malformed" }
  | { readonly kind: "invalid"; readonly id: RequestId | null; readonly problem: string };

const mostMembers = 8;
const longestId = 16;
const mostDigits = 15;

/** JSON that is none, or not of the few forms that a request has. */
class Malformed extends Error {
  override name = "Malformed";
}

/**
 * Reads a request without the engine's JSON parser: that one makes a property key of each name it meets, and keys are
 * never given back on the chip, and it nests as deep as its input. Members are flat but for `params`, and strings hold
 * no escapes.
 */
export function readRequest(message: string): RequestReading {
  const reader = new MemberReader(message);
  try {
    return judge(reader.readWhole(), reader.parameters);
  } catch (error) {
    if (error instanceof Malformed) return { kind: "malformed" };
    throw error;
  }
}

function judge(members: readonly RequestMember[], parameters: readonly RequestMember[]): RequestReading {
  let id: RequestId | null = null;
  let version: RequestValue = null;
  let method: RequestValue = null;
  let unknown: string | undefined;
  for (let index = 0; index < members.length; index++) {
    const { name, value } = members[index] as RequestMember;
    if (name === "result" || name === "error") return { kind: "answer" };
    if (name === "id") id = idOf(value);
    else if (name === "jsonrpc") version = value;
    else if (name === "method") method = value;
    else if (name !== "params") unknown = name;
  }
  const invalid = (problem: string): RequestReading => ({ kind: "invalid", id, problem });
  if (version !== "2.0") return invalid('jsonrpc must be "2.0"');
  if (id === null) return invalid("id must be a whole number or a text of at most 16 characters");
  if (typeof method !== "string") return invalid("method must be a text");
  if (unknown !== undefined) return invalid("only jsonrpc, id, method and params belong into a request");
  return { kind: "request", request: { id, method, parameters } };
}

function idOf(value: RequestValue): RequestId | null {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.length <= longestId ? value : null;
}

class MemberReader {
  /** Of the member `params`. */
  parameters: RequestMember[] = [];
  #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The members of the object that the whole text is; `params` has the value null, and `parameters` its members. */
  readWhole(): RequestMember[] {
    const members = this.readObject(true);
    this.skipBlanks();
    if (this.#at < this.#text.length) throw new Malformed();
    return members;
  }

  private readObject(isOuter: boolean): RequestMember[] {
    const members: RequestMember[] = [];
    this.expect("{");
    if (this.take("}")) return members;
    do {
      const name = this.readString();
      this.expect(":");
      if (members.length === mostMembers || members.some((member) => member.name === name))
        throw new Malformed();
      members.push({ name, value: this.readMember(name, isOuter) });
    } while (this.take(","));
    this.expect("}");
    return members;
  }

  private readMember(name: string, isOuter: boolean): RequestValue {
    this.skipBlanks();
    if (isOuter && (name === "result" || name === "error")) {
      // Nobody wants to know what is in it.
      this.#at = this.#text.length - 1;
      return null;
    }
    if (isOuter && name === "params") {
      this.parameters = this.readObject(false);
      return null;
    }
    return this.readValue();
  }

  private readValue(): RequestValue {
    const first = this.#text.charAt(this.#at);
    if (first === '"') return this.readString();
    if (first === "-" || isDigit(first)) return this.readInteger();
    if (this.takeWord("true")) return true;
    if (this.takeWord("false")) return false;
    if (this.takeWord("null")) return null;
    throw new Malformed();
  }

  private readString(): string {
    this.expect('"');
    const end = this.#text.indexOf('"', this.#at);
    const text = this.#text.slice(this.#at, Math.max(end, this.#at));
    if (end < 0 || text.includes("\\")) throw new Malformed();
    this.#at = end + 1;
    return text;
  }

  private readInteger(): number {
    const start = this.#at;
    if (this.#text.charAt(this.#at) === "-") this.#at++;
    const firstDigit = this.#at;
    while (isDigit(this.#text.charAt(this.#at))) this.#at++;
    const digits = this.#at - firstDigit;
    const hasLeadingZero = digits > 1 && this.#text.charAt(firstDigit) === "0";
    if (digits === 0 || digits > mostDigits || hasLeadingZero) throw new Malformed();
    return Number(this.#text.slice(start, this.#at));
  }

  private takeWord(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  private expect(character: string): void {
    if (!this.take(character)) throw new Malformed();
  }

  private take(character: string): boolean {
    this.skipBlanks();
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at++;
    return true;
  }

  private skipBlanks(): void {
    while (this.#text.charAt(this.#at) === " ") this.#at++;
  }
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}
