import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { TraceError } from "./trace-error.js";

export interface TextLine {
  /** Counted from 1, blank lines too. */
  readonly number: number;
  readonly text: string;
  /** False for a last line that has no line end. */
  readonly isEnded: boolean;
}

const chunkBytes = 1 << 20;
/** No logger writes such a line; what has none at all would fill the memory. */
const longestLine = 1 << 20;

/** What a file begins with that is no text, and what to do about it. */
const foreignBeginnings: readonly (readonly [bytes: readonly number[], complaint: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], "is an Excel workbook or a ZIP; save its sheet as CSV, or unpack it"],
  [[0xd0, 0xcf, 0x11, 0xe0], "is an Excel workbook; save its sheet as CSV"],
  [[0x1f, 0x8b], "is compressed (gzip); unpack it"],
];

/** The lines of a text file, read in parts: it may be larger than the memory. */
export class TextLines {
  #path: string;
  #file: number;
  #encoding: string;

  /** @throws {TraceError} when there is no such file, or it is no text. */
  constructor(path: string) {
    this.#path = path;
    this.#file = openText(path);
    try {
      this.#encoding = this.#findEncoding();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * From the beginning, as often as it is asked for.
   * @throws {TraceError} for bytes of zero, or a line without an end
   */
  *lines(): Generator<TextLine> {
    let number = 0;
    let rest = "";
    for (const part of this.#parts()) {
      // A carriage return at the end may be the first half of a line end.
      const isHalf = part.endsWith("\r");
      const text = rest + (isHalf ? part.slice(0, -1) : part);
      const lines = (text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text).split("\n");
      rest = (lines.pop() ?? "") + (isHalf ? "\r" : "");
      for (const line of lines) yield this.#line(++number, line, true);
      if (rest.length > longestLine)
        throw new TraceError(this.#path, number + 1, "the line doesn't end; a table of lines is needed");
    }
    const isEnded = rest.endsWith("\r");
    const last = isEnded ? rest.slice(0, -1) : rest;
    if (rest !== "") yield this.#line(number + 1, last, isEnded);
  }

  /** Idempotent. */
  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }

  #line(number: number, text: string, isEnded: boolean): TextLine {
    if (text.includes("\0"))
      throw new TraceError(
        this.#path,
        number,
        "holds bytes of zero, as files do that were not closed; take the line out, or copy the file from the logger again",
      );
    return { number, text, isEnded };
  }

  *#parts(): Generator<string> {
    const decoder = new TextDecoder(this.#encoding);
    const buffer = new Uint8Array(chunkBytes);
    for (let position = 0; ;) {
      const length = this.#read(buffer, position);
      position += length;
      const part = decoder.decode(buffer.subarray(0, length), { stream: length > 0 });
      if (part !== "") yield part;
      if (length === 0) return;
    }
  }

  #read(buffer: Uint8Array, position: number): number {
    try {
      return readSync(this.#file, buffer, 0, buffer.length, position);
    } catch (error) {
      throw unreadable(this.#path, error);
    }
  }

  /** UTF-16 by its mark, or by the zeros that Latin letters have in it; otherwise UTF-8, and where it is not, Windows-1252. */
  #findEncoding(): string {
    const buffer = new Uint8Array(chunkBytes);
    const bytes = buffer.subarray(0, this.#read(buffer, 0));
    for (const [beginning, complaint] of foreignBeginnings)
      if (beginning.every((byte, index) => bytes[index] === byte))
        throw new TraceError(this.#path, undefined, complaint);
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
    if (bytes[1] === 0 && bytes[3] === 0 && bytes[0] !== 0) return "utf-16le";
    if (bytes[0] === 0 && bytes[2] === 0 && bytes[1] !== 0) return "utf-16be";
    try {
      // What the first part cuts off is no mistake.
      new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
      return "utf-8";
    } catch {
      return "windows-1252";
    }
  }
}

function openText(path: string): number {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    if (!fstatSync(file).isDirectory()) return file;
  } catch (error) {
    throw unreadable(path, error);
  }
  closeSync(file);
  throw new TraceError(path, undefined, "is a folder; name the CSV file inside it");
}

function unreadable(path: string, error: unknown): TraceError {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
  if (code === "ENOENT") return new TraceError(path, undefined, "there is no such file; check the path");
  return new TraceError(path, undefined, `can't be read (${code}); check its permissions`);
}
