import { printableText } from "../../hal/bytes.js";
import { consistsOf } from "./characters.js";

const carriageReturn = 13;
const lineFeed = 10;

/** The longest line that is kept: AT+QIRD of 512 bytes answers with 1,024 hexadecimal digits and a prefix. */
export const longestLine = 1200;

export interface LineSplitterOptions {
  /** Beginnings of the lines that the modem sends of its own accord, such as `+CEREG:`. */
  readonly unsolicited: readonly string[];
  readonly onLine: (line: string) => void;
}

/**
 * Cuts the modem's bytes into lines. Modems now and then glue an unsolicited line behind another one, or put it
 * in the middle of a quoted string; both are taken apart here. Bytes that are not printable ASCII are noise and
 * are left out; a line that is too long is dropped whole.
 */
export class LineSplitter {
  #unsolicited: readonly string[];
  #onLine: (line: string) => void;
  #buffer = new Uint8Array(longestLine);
  #length = 0;
  #overflowed = false;
  /** A line whose quoted string has not ended yet. */
  #interrupted = "";

  constructor({ unsolicited, onLine }: LineSplitterOptions) {
    this.#unsolicited = unsolicited;
    this.#onLine = onLine;
  }

  push(bytes: Uint8Array): void {
    let start = 0;
    for (let end = endOfLine(bytes, start); end >= 0; end = endOfLine(bytes, start)) {
      this.keep(bytes, start, end);
      this.end();
      start = end + 1;
    }
    this.keep(bytes, start, bytes.length);
  }

  /** Bytes of a line go into the buffer at once; noise among them is looked for only when the line is read. */
  private keep(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) return;
    if (this.#length + end - start > longestLine) {
      this.#overflowed = true;
      return;
    }
    this.#buffer.set(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end), this.#length);
    this.#length += end - start;
  }

  private end(): void {
    if (this.#length === 0 && !this.#overflowed) return;
    const text = this.#overflowed ? "" : printableText(this.#buffer, 0, this.#length).trim();
    this.#length = 0;
    this.#overflowed = false;
    if (text !== "") this.unglue(text);
  }

  private unglue(text: string): void {
    let rest = text;
    for (let seam = this.seam(rest); seam > 0; seam = this.seam(rest)) {
      this.assemble(rest.slice(0, seam));
      rest = rest.slice(seam);
    }
    this.assemble(rest);
  }

  /** Where the first unsolicited line that is glued behind something else begins; -1 when there is none. */
  private seam(text: string): number {
    let first = -1;
    for (const prefix of this.#unsolicited) {
      const index = text.indexOf(prefix, 1);
      if (index > 0 && (first < 0 || index < first)) first = index;
    }
    return first;
  }

  private assemble(piece: string): void {
    const interrupted = this.#interrupted;
    if (interrupted !== "") {
      if (this.isUnsolicited(piece)) {
        this.#onLine(piece);
        return;
      }
      this.#interrupted = "";
      if (isHexadecimalTail(piece) && interrupted.length + piece.length <= longestLine) {
        this.assemble(interrupted + piece);
        return;
      }
      this.#onLine(interrupted);
    }
    if (piece.startsWith("+") && hasOpenQuote(piece)) this.#interrupted = piece;
    else this.#onLine(piece);
  }

  private isUnsolicited(text: string): boolean {
    return this.#unsolicited.some((prefix) => text.startsWith(prefix));
  }
}

/** Where the next line ends; -1 when it goes on behind `bytes`. */
function endOfLine(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(lineFeed, start);
  const earlier = bytes.indexOf(carriageReturn, start);
  return earlier >= 0 && (end < 0 || earlier < end) ? earlier : end;
}

function hasOpenQuote(text: string): boolean {
  let isOpen = false;
  for (let index = text.indexOf('"'); index >= 0; index = text.indexOf('"', index + 1)) isOpen = !isOpen;
  return isOpen;
}

function isHexadecimalTail(text: string): boolean {
  return consistsOf(text.endsWith('"') ? text.slice(0, -1) : text, "0123456789ABCDEFabcdef");
}
