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

/** Where a slice stands. */
export interface SliceRoom {
  /** Its number among the rooms, from 0. */
  readonly index: number;
  readonly offset: number;
}

/** What gives owners their slices, and writes them back. */
export interface SliceSource {
  /** The memory as this run has it. */
  readonly bytes: Uint8Array;
  /** The room of a slice, which reads as 0 from now on unless it was valid. The same whenever it is asked for in one run. */
  open(declaration: SliceDeclaration): SliceRoom;
  /** False when the room held nothing whole of the slice's version as it was opened. */
  wasValid(room: SliceRoom): boolean;
  /** Says that the slice is about to be written to: the next `save` seals it anew. */
  touch(room: SliceRoom): void;
  /** Seals every slice that was written to, and writes the memory back. */
  save(): void;
}

/**
 * The bytes that one owner has in retained memory, which outlives deep sleep and resets, but not a loss of power.
 * Each slice is sealed by itself: damage to one, or a new version of one, leaves the others. Its owner derives from this
 * class, for each object more has its price at every wake.
 *
 * The values stand in the memory's own bytes and are read from there when they are asked for: most wakes want few.
 */
export abstract class Slice {
  #source: SliceSource;
  #room: SliceRoom;

  constructor(source: SliceSource, declaration: SliceDeclaration) {
    this.#source = source;
    this.#room = source.open(declaration);
  }

  /** False when the memory held nothing valid of this version: all of it read as 0 then. */
  get wasValid(): boolean {
    return this.#source.wasValid(this.#room);
  }

  /** The unsigned integer in `byteLength` (1 to 7) bytes from `at` on. */
  protected get(at: number, byteLength: number): number {
    return readUnsigned(this.#source.bytes, this.#room.offset + at, byteLength);
  }

  /** Puts an unsigned integer into `byteLength` (1 to 7) bytes from `at` on. */
  protected put(at: number, byteLength: number, value: number): void {
    this.#source.touch(this.#room);
    writeUnsigned(this.#source.bytes, this.#room.offset + at, byteLength, value);
  }

  /** Zeros in `byteLength` bytes from `at` on. */
  protected clear(at: number, byteLength: number): void {
    this.#source.touch(this.#room);
    const start = this.#room.offset + at;
    this.#source.bytes.fill(0, start, start + byteLength);
  }

  /** Whether `flag`, one bit, is set in the byte at `at`. */
  protected has(at: number, flag: number): boolean {
    return ((this.#source.bytes[this.#room.offset + at] as number) & flag) !== 0;
  }

  protected flag(at: number, flag: number, isSet: boolean): void {
    this.#source.touch(this.#room);
    const { bytes } = this.#source;
    const index = this.#room.offset + at;
    const others = (bytes[index] as number) & ~flag;
    bytes[index] = isSet ? others | flag : others;
  }

  /** The ASCII text in at most `longest` bytes from `at` on; a zero ends it. */
  protected text(at: number, longest: number): string {
    const { bytes } = this.#source;
    const start = this.#room.offset + at;
    let text = "";
    for (let index = start; index < start + longest; index++) {
      const code = bytes[index] as number;
      if (code === 0) break;
      text += String.fromCharCode(code);
    }
    return text;
  }

  /** Puts ASCII text into `longest` bytes, with zeros behind a shorter one. */
  protected putText(at: number, longest: number, text: string): void {
    this.#source.touch(this.#room);
    const { bytes } = this.#source;
    const start = this.#room.offset + at;
    for (let index = 0; index < longest; index++)
      bytes[start + index] = index < text.length ? text.charCodeAt(index) : 0;
  }
}

/** Behind the content of every slice: its version, and the CRC-32 of both. */
export const sealByteLength = 5;

/** The CRC-32 of whatever has its own CRC-32 behind it. */
const sealedCrc = 0x2144df1c;

/** Seals the content that stands at `offset` as it is now. */
export function sealSlice(bytes: Uint8Array, offset: number, declaration: SliceDeclaration): void {
  const { version, byteLength } = declaration;
  const end = offset + byteLength;
  bytes[end] = version;
  writeUnsigned(bytes, end + 1, 4, crc32(bytes, byteLength + 1, offset));
}

/** True when what stands at `offset` is whole and of the declared version. */
export function isSealedSlice(bytes: Uint8Array, offset: number, declaration: SliceDeclaration): boolean {
  const { version, byteLength } = declaration;
  return (
    bytes[offset + byteLength] === version && crc32(bytes, byteLength + sealByteLength, offset) === sealedCrc
  );
}
