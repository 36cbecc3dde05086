import type { Outcome } from "../../../hal/outcome.js";
import { halfFloatValue } from "./half-float.js";

export type CborKey = number | string;

/** Byte strings are views of the decoded bytes. */
export type CborValue =
  number | string | boolean | Uint8Array | readonly CborValue[] | ReadonlyMap<CborKey, CborValue>;

/**
 * Why bytes were refused.
 * - `truncated`, `trailing`: the bytes end inside the item, or go on behind it.
 * - `malformed`: not well-formed (RFC 8949, appendix C), or a key occurs twice in a map.
 * - `unsupported`: well-formed, but outside our subset: indefinite lengths, tags, null, keys other than
 *   integers and text, text other than ASCII.
 * - `too-large`: an integer beyond the safe ones.
 * - `too-deep`: nested deeper than allowed.
 */
export type CborFailure = "truncated" | "trailing" | "malformed" | "unsupported" | "too-large" | "too-deep";

const defaultMaximumDepth = 8;

/**
 * Reads the one CBOR data item (RFC 8949) that `bytes` hold, in any valid length of its integers and floats.
 * Memory and time are bounded by the number of bytes, whatever lengths they announce.
 * @param maximumDepth how many arrays and maps may be open at once.
 */
export function decodeCbor(
  bytes: Uint8Array,
  maximumDepth = defaultMaximumDepth,
): Outcome<CborValue, CborFailure> {
  const reader = new Reader(bytes);
  try {
    const value = reader.item(maximumDepth);
    reader.expectEnd();
    return { ok: true, value };
  } catch (error) {
    if (error instanceof CborError) return { ok: false, code: error.code };
    throw error;
  }
}

/** Carries a failure out of the nested reads; it never leaves this module. */
class CborError extends Error {
  override name = "CborError";
  readonly code: CborFailure;

  constructor(code: CborFailure) {
    super(code);
    this.code = code;
  }
}

class Reader {
  #bytes: Uint8Array;
  #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  expectEnd(): void {
    if (this.#position !== this.#bytes.length) throw new CborError("trailing");
  }

  item(depth: number): CborValue {
    const initial = this.#view.getUint8(this.take(1));
    const information = initial & 0x1f;
    switch (initial >>> 5) {
      case 0:
        return safe(this.argument(information));
      case 1:
        return safe(-1 - this.argument(information));
      case 2:
        return this.byteString(information);
      case 3:
        return this.text(information);
      case 4:
        return this.array(information, depth);
      case 5:
        return this.map(information, depth);
      case 6:
        this.argument(information);
        throw new CborError("unsupported");
      default:
        return this.simpleOrFloat(information);
    }
  }

  private array(information: number, depth: number): readonly CborValue[] {
    const count = this.count(information, 1, depth);
    const items: CborValue[] = [];
    for (let index = 0; index < count; index++) items.push(this.item(depth - 1));
    return items;
  }

  private map(information: number, depth: number): ReadonlyMap<CborKey, CborValue> {
    const count = this.count(information, 2, depth);
    const map = new Map<CborKey, CborValue>();
    for (let index = 0; index < count; index++) {
      const key = this.key();
      if (map.has(key)) throw new CborError("malformed");
      map.set(key, this.item(depth - 1));
    }
    return map;
  }

  private key(): CborKey {
    const initial = this.#view.getUint8(this.take(1));
    const information = initial & 0x1f;
    switch (initial >>> 5) {
      case 0:
        return safe(this.argument(information));
      case 1:
        return safe(-1 - this.argument(information));
      case 3:
        return this.text(information);
      default:
        throw new CborError("unsupported");
    }
  }

  /** Every item takes a byte at least, so a count that the bytes can't hold is refused before anything is built. */
  private count(information: number, itemsEach: number, depth: number): number {
    if (depth === 0) throw new CborError("too-deep");
    const count = this.argument(information);
    if (count * itemsEach > this.#bytes.length - this.#position) throw new CborError("truncated");
    return count;
  }

  private byteString(information: number): Uint8Array {
    const length = this.argument(information);
    const start = this.take(length);
    return this.#bytes.subarray(start, start + length);
  }

  private text(information: number): string {
    let text = "";
    const bytes = this.byteString(information);
    for (let index = 0; index < bytes.length; index++) {
      const code = bytes[index] as number;
      if (code > 0x7f) throw new CborError("unsupported");
      text += String.fromCharCode(code);
    }
    return text;
  }

  private argument(information: number): number {
    if (information < 24) return information;
    switch (information) {
      case 24:
        return this.#view.getUint8(this.take(1));
      case 25:
        return this.#view.getUint16(this.take(2));
      case 26:
        return this.#view.getUint32(this.take(4));
      case 27: {
        const start = this.take(8);
        return this.#view.getUint32(start) * 0x100000000 + this.#view.getUint32(start + 4);
      }
      case 31:
        throw new CborError("unsupported");
      default:
        throw new CborError("malformed");
    }
  }

  private simpleOrFloat(information: number): number | boolean {
    switch (information) {
      case 20:
        return false;
      case 21:
        return true;
      case 25:
        return halfFloatValue(this.#view.getUint16(this.take(2)));
      case 26:
        return this.#view.getFloat32(this.take(4));
      case 27:
        return this.#view.getFloat64(this.take(8));
      case 24:
        // RFC 8949, 3.3: the two-byte form of a value below 32 is not well-formed.
        throw new CborError(this.#view.getUint8(this.take(1)) < 32 ? "malformed" : "unsupported");
      default:
        throw new CborError(information < 24 ? "unsupported" : "malformed");
    }
  }

  /** Moves on by `length` bytes and returns where they start. */
  private take(length: number): number {
    const start = this.#position;
    if (length > this.#bytes.length - start) throw new CborError("truncated");
    this.#position = start + length;
    return start;
  }
}

function safe(integer: number): number {
  if (!Number.isSafeInteger(integer)) throw new CborError("too-large");
  return integer;
}
