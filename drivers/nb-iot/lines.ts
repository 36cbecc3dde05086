const carriageReturn = 13;
const lineFeed = 10;
/** Joining text in blocks of this many characters makes far less garbage than joining one by one. */
const blockLength = 64;

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
    for (const byte of bytes) {
      if (byte === carriageReturn || byte === lineFeed) this.#end();
      else if (byte < 0x20 || byte > 0x7e) continue;
      else if (this.#length < longestLine) this.#buffer[this.#length++] = byte;
      else this.#overflowed = true;
    }
  }

  #end(): void {
    const text = this.#overflowed ? "" : textOf(this.#buffer, this.#length);
    this.#length = 0;
    this.#overflowed = false;
    if (text !== "") this.#unglue(text);
  }

  #unglue(text: string): void {
    let rest = text;
    for (let seam = this.#seam(rest); seam > 0; seam = this.#seam(rest)) {
      this.#assemble(rest.slice(0, seam));
      rest = rest.slice(seam);
    }
    this.#assemble(rest);
  }

  /** Where the first unsolicited line that is glued behind something else begins; -1 when there is none. */
  #seam(text: string): number {
    let first = -1;
    for (const prefix of this.#unsolicited) {
      const index = text.indexOf(prefix, 1);
      if (index > 0 && (first < 0 || index < first)) first = index;
    }
    return first;
  }

  #assemble(piece: string): void {
    const interrupted = this.#interrupted;
    if (interrupted !== "") {
      if (this.#isUnsolicited(piece)) {
        this.#onLine(piece);
        return;
      }
      this.#interrupted = "";
      if (isHexadecimalTail(piece) && interrupted.length + piece.length <= longestLine) {
        this.#assemble(interrupted + piece);
        return;
      }
      this.#onLine(interrupted);
    }
    if (piece.startsWith("+") && hasOpenQuote(piece)) this.#interrupted = piece;
    else this.#onLine(piece);
  }

  #isUnsolicited(text: string): boolean {
    return this.#unsolicited.some((prefix) => text.startsWith(prefix));
  }
}

function textOf(bytes: Uint8Array, length: number): string {
  let text = "";
  let block = "";
  for (let index = 0; index < length; index++) {
    block += String.fromCharCode(bytes[index] ?? 0);
    if (block.length === blockLength) {
      text += block;
      block = "";
    }
  }
  return (text + block).trim();
}

function hasOpenQuote(text: string): boolean {
  let isOpen = false;
  for (let index = text.indexOf('"'); index >= 0; index = text.indexOf('"', index + 1)) isOpen = !isOpen;
  return isOpen;
}

function isHexadecimalTail(text: string): boolean {
  return /^[0-9A-Fa-f]*"?$/.test(text);
}
