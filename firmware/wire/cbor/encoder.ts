import { putText } from "../../../hal/base/bytes.js";
import { halfFloatBits } from "./half-float.js";

/** Major types of RFC 8949, 3.1, already moved to the upper three bits. */
const Major = Object.freeze({
  unsigned: 0x00,
  negative: 0x20,
  bytes: 0x40,
  text: 0x60,
  array: 0x80,
  map: 0xa0,
} as const);

/**
 * Writes one CBOR data item (RFC 8949) with the preferred serialization of 4.1: lengths are definite, integers
 * and floats take their shortest exact form. The order of a map's keys is the caller's.
 *
 * `array` and `map` announce how many items follow; `finish` checks that exactly those were written.
 */
export class CborEncoder {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;
  #itemsDue = 1;

  /** @param byteLength how much to set aside at first; the buffer grows when that is not enough. */
  constructor(byteLength = 128) {
    this.#bytes = new Uint8Array(byteLength);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** @throws {RangeError} unless `value` is a safe integer. */
  integer(value: number): this {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe integer`);
    if (value < 0) this.head(Major.negative, -1 - value);
    else this.head(Major.unsigned, value);
    return this;
  }

  /** Writes `value` in 2, 4 or 8 bytes, whichever is the first to hold it exactly. */
  float(value: number): this {
    const half = halfFloatBits(value);
    if (half !== undefined) {
      this.startItem(3);
      this.byte(0xf9);
      this.#view.setUint16(this.#length, half);
      this.#length += 2;
    } else if (Math.fround(value) === value) {
      this.startItem(5);
      this.byte(0xfa);
      this.#view.setFloat32(this.#length, value);
      this.#length += 4;
    } else {
      this.startItem(9);
      this.byte(0xfb);
      this.#view.setFloat64(this.#length, value);
      this.#length += 8;
    }
    return this;
  }

  boolean(value: boolean): this {
    this.startItem(1);
    this.byte(value ? 0xf5 : 0xf4);
    return this;
  }

  byteString(value: Uint8Array): this {
    this.head(Major.bytes, value.length);
    this.reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  /** @throws {RangeError} when `value` is not ASCII. */
  text(value: string): this {
    this.head(Major.text, value.length);
    this.reserve(value.length);
    putText(this.#bytes, this.#length, value);
    this.#length += value.length;
    return this;
  }

  /** Announces an array; its `count` items follow. */
  array(count: number): this {
    this.head(Major.array, count);
    this.#itemsDue += count;
    return this;
  }

  /** Announces a map; its `count` keys, each with its value behind it, follow. */
  map(count: number): this {
    this.head(Major.map, count);
    this.#itemsDue += 2 * count;
    return this;
  }

  /**
   * The encoded item, a view of the encoder's own buffer.
   * @throws {Error} when announced items are missing.
   */
  finish(): Uint8Array {
    if (this.#itemsDue !== 0) throw new Error(`${this.#itemsDue} items are missing`);
    return this.#bytes.subarray(0, this.#length);
  }

  /** The initial byte with its argument (RFC 8949, 3). */
  private head(major: number, argument: number): void {
    if (!(argument >= 0)) throw new RangeError(`${argument} is no count`);
    this.startItem(9);
    if (argument < 24) {
      this.byte(major | argument);
    } else if (argument < 0x100) {
      this.byte(major | 24);
      this.byte(argument);
    } else if (argument < 0x10000) {
      this.byte(major | 25);
      this.#view.setUint16(this.#length, argument);
      this.#length += 2;
    } else if (argument < 0x100000000) {
      this.byte(major | 26);
      this.#view.setUint32(this.#length, argument);
      this.#length += 4;
    } else {
      this.byte(major | 27);
      this.#view.setUint32(this.#length, Math.floor(argument / 0x100000000));
      this.#view.setUint32(this.#length + 4, argument % 0x100000000);
      this.#length += 8;
    }
  }

  private startItem(byteLength: number): void {
    if (this.#itemsDue === 0) throw new Error("the item is complete");
    this.#itemsDue--;
    this.reserve(byteLength);
  }

  private byte(value: number): void {
    this.#bytes[this.#length++] = value;
  }

  private reserve(byteLength: number): void {
    const needed = this.#length + byteLength;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
