import { crc32, readUnsigned, writeUnsigned } from "../../../hal/base/bytes.js";

/** A part of retained memory, as its owner declares it beside the code that reads it. */
export interface SliceDeclaration {
  /** Names its room in the memory. */
  readonly name: string;
  /** 0 to 255, another one with every change of what stands where: what another version has left is void. */
  readonly version: number;
  /** Of the content, without the seal. */
  readonly byteLength: number;
}

/** Behind the content of every slice: its version, and the CRC-32 of both. */
export const sealByteLength = 5;

/**
 * The bytes that one owner has in retained memory, which outlives deep sleep and resets, but not a loss of power.
 * Each slice is sealed by itself: damage to one, or a new version of one, leaves the others.
 *
 * The values stand in the memory's own bytes and are read from there when they are asked for: most wakes want few.
 */
export class Slice {
  /** False when the memory held nothing valid of this version: all of it reads as 0 then. */
  readonly wasValid: boolean;
  #declaration: SliceDeclaration;
  #bytes: Uint8Array;
  #offset: number;
  /** Its content is not what its seal is over. */
  #isTouched: boolean;

  /** @param isBelieved false where the memory may hold what looks right and is not: then all of it is void */
  constructor(declaration: SliceDeclaration, bytes: Uint8Array, offset: number, isBelieved: boolean) {
    this.#declaration = declaration;
    this.#bytes = bytes;
    this.#offset = offset;
    this.wasValid = isBelieved && this.isSealed();
    this.#isTouched = !this.wasValid;
    if (!this.wasValid) bytes.fill(0, offset, offset + declaration.byteLength);
  }

  /** The unsigned integer in `byteLength` (1 to 7) bytes from `at` on. */
  get(at: number, byteLength: number): number {
    return readUnsigned(this.#bytes, this.#offset + at, byteLength);
  }

  /** Puts an unsigned integer into `byteLength` (1 to 7) bytes from `at` on. */
  put(at: number, byteLength: number, value: number): void {
    this.#isTouched = true;
    writeUnsigned(this.#bytes, this.#offset + at, byteLength, value);
  }

  /** Whether `flag`, one bit, is set in the byte at `at`. */
  has(at: number, flag: number): boolean {
    return ((this.#bytes[this.#offset + at] as number) & flag) !== 0;
  }

  flag(at: number, flag: number, isSet: boolean): void {
    this.#isTouched = true;
    const index = this.#offset + at;
    const others = (this.#bytes[index] as number) & ~flag;
    this.#bytes[index] = isSet ? others | flag : others;
  }

  /** The ASCII text in at most `longest` bytes from `at` on; a zero ends it. */
  text(at: number, longest: number): string {
    let text = "";
    for (let index = 0; index < longest; index++) {
      const code = this.#bytes[this.#offset + at + index] as number;
      if (code === 0) break;
      text += String.fromCharCode(code);
    }
    return text;
  }

  /** Puts ASCII text into `longest` bytes, with zeros behind a shorter one. */
  putText(at: number, longest: number, text: string): void {
    this.#isTouched = true;
    for (let index = 0; index < longest; index++)
      this.#bytes[this.#offset + at + index] = index < text.length ? text.charCodeAt(index) : 0;
  }

  /** Says that somebody has written to the content who works on the memory's bytes. */
  touch(): void {
    this.#isTouched = true;
  }

  /** Seals the content as it is now. */
  seal(): void {
    if (!this.#isTouched) return;
    this.#isTouched = false;
    const { version, byteLength } = this.#declaration;
    const end = this.#offset + byteLength;
    this.#bytes[end] = version;
    writeUnsigned(this.#bytes, end + 1, 4, crc32(this.#bytes, byteLength + 1, this.#offset));
  }

  private isSealed(): boolean {
    const { version, byteLength } = this.#declaration;
    const end = this.#offset + byteLength;
    if (this.#bytes[end] !== version) return false;
    return readUnsigned(this.#bytes, end + 1, 4) === crc32(this.#bytes, byteLength + 1, this.#offset);
  }
}

/** Where owners get their slices, and have them written back. */
export interface SliceSource {
  /** The same slice whenever it is asked for in one run. */
  open(declaration: SliceDeclaration): Slice;
  /** Seals every slice that was opened, and writes the memory back. */
  save(): void;
}
