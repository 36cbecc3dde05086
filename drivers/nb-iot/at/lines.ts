import { lineEndOf, printableText } from "../../../hal/base/bytes.js";
import { consistsOf } from "./characters.js";

/** The longest line that is kept: AT+QIRD of 512 bytes answers with 1,024 hexadecimal digits and a prefix. */
export const longestLine = 1200;

const endings: readonly string[] = Object.freeze(["SEND OK", "OK", "ERROR"]);

export interface LineListener {
  takeLine(line: string): void;
}

/**
 * Cuts the modem's bytes into lines. Modems now and then glue an unsolicited line behind another one, or put it
 * in the middle of a quoted string; both are taken apart here. Bytes that are not printable ASCII are noise and
 * are left out; a line that is too long is dropped whole.
 */
export class AtLineSplitter {
  #unsolicited: readonly string[];
  #listener: LineListener;
  /** What has come of a line that has not ended yet, and how many bytes that was, noise and all. */
  #text = "";
  #byteLength = 0;
  /** A line whose quoted string has not ended yet. */
  #interrupted = "";

  /** `unsolicited`: beginnings of the lines that the modem sends of its own accord, each with a plus sign in front. */
  constructor(unsolicited: readonly string[], listener: LineListener) {
    this.#unsolicited = unsolicited;
    this.#listener = listener;
  }

  push(bytes: Uint8Array): void {
    let start = 0;
    for (let end = lineEndOf(bytes, start); end >= 0; end = lineEndOf(bytes, start)) {
      this.keep(bytes, start, end);
      this.end();
      start = end + 1;
    }
    this.keep(bytes, start, bytes.length);
  }

  private keep(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) return;
    this.#byteLength += end - start;
    if (this.#byteLength <= longestLine) this.#text += printableText(bytes, start, end - start);
  }

  private end(): void {
    if (this.#byteLength === 0) return;
    const text = this.#byteLength > longestLine ? "" : this.#text.trim();
    this.#byteLength = 0;
    this.#text = "";
    if (text !== "") this.unglue(text);
  }

  private unglue(text: string): void {
    let rest = text;
    for (let seam = this.seam(rest); seam > 0; seam = this.seam(rest)) {
      this.part(rest.slice(0, seam));
      rest = rest.slice(seam);
    }
    this.part(rest);
  }

  /** The end of a command may be glued behind an unsolicited line (`+CSCON: 0OK`), of which none ends like that. */
  private part(text: string): void {
    const end = this.isUnsolicited(text, 0) ? endOf(text) : text.length;
    this.assemble(end === text.length ? text : text.slice(0, end));
    if (end < text.length) this.assemble(text.slice(end));
  }

  /** Where the first unsolicited line that is glued behind something else begins; -1 when there is none. */
  private seam(text: string): number {
    for (let index = text.indexOf("+", 1); index > 0; index = text.indexOf("+", index + 1))
      if (this.isUnsolicited(text, index)) return index;
    return -1;
  }

  private assemble(piece: string): void {
    const interrupted = this.#interrupted;
    if (interrupted !== "") {
      if (this.isUnsolicited(piece, 0)) {
        this.#listener.takeLine(piece);
        return;
      }
      this.#interrupted = "";
      if (isHexadecimalTail(piece) && interrupted.length + piece.length <= longestLine) {
        this.assemble(interrupted + piece);
        return;
      }
      this.#listener.takeLine(interrupted);
    }
    if (piece.startsWith("+") && hasOpenQuote(piece)) this.#interrupted = piece;
    else this.#listener.takeLine(piece);
  }

  private isUnsolicited(text: string, start: number): boolean {
    const prefixes = this.#unsolicited;
    for (let index = 0; index < prefixes.length; index++)
      if (text.startsWith(prefixes[index] as string, start)) return true;
    return false;
  }
}

/** Where the end of a command begins that is glued to a line; the line's own end when none is. */
function endOf(text: string): number {
  for (let index = 0; index < endings.length; index++) {
    const ending = endings[index] as string;
    const start = text.length - ending.length;
    if (text.endsWith(ending) && text.charAt(start - 1) !== " ") return start;
  }
  return text.length;
}

function hasOpenQuote(text: string): boolean {
  let isOpen = false;
  for (let index = text.indexOf('"'); index >= 0; index = text.indexOf('"', index + 1)) isOpen = !isOpen;
  return isOpen;
}

function isHexadecimalTail(text: string): boolean {
  return consistsOf(text.endsWith('"') ? text.slice(0, -1) : text, "0123456789ABCDEFabcdef");
}
