import type { Outcome } from "../../hal/outcome.js";

/** A run of intervals without a gap, as resource 6029 of object 10266 carries it. */
export interface IntervalBlock {
  /** The payload's class, as sent. */
  readonly readingClass: number;
  /** Start of the first interval. */
  readonly startEpochSeconds: number;
  readonly periodSeconds: number;
  /** Pulses of each interval, in order; `reverse` is undefined when the block has one value for each interval. */
  readonly deltas: readonly { readonly forward: number; readonly reverse: number | undefined }[];
}

type Result<Value> = Outcome<Value, "interval-block">;

/** u8 format, u16 class, u32 end of the first interval, u32 period, u16 count, u8 values per interval, then a u8 for the bits of each. */
const fixedHeaderLength = 14;
const packedFormat = 2;

/**
 * Decodes the packed blocks of a 6029 payload, one after the other; numbers are big-endian. Object 10266 names an
 * interval by its end.
 */
export function decodeIntervalBlocks(payload: Uint8Array): Result<readonly IntervalBlock[]> {
  if (payload.length === 0) return malformed("empty");
  const blocks: IntervalBlock[] = [];
  let offset = 0;
  while (offset < payload.length) {
    const decoded = decodeBlock(payload.subarray(offset));
    if (!decoded.ok) return decoded;
    blocks.push(decoded.value.block);
    offset += decoded.value.byteLength;
  }
  return { ok: true, value: blocks };
}

function decodeBlock(bytes: Uint8Array): Result<{ block: IntervalBlock; byteLength: number }> {
  if (bytes.length < fixedHeaderLength) return malformed("header cut short");
  const header = new DataView(bytes.buffer, bytes.byteOffset, fixedHeaderLength);
  const format = header.getUint8(0);
  const periodSeconds = header.getUint32(7);
  const count = header.getUint16(11);
  const valuesPerInterval = header.getUint8(13);
  if (format !== packedFormat) return malformed(`format ${format}`);
  if (periodSeconds === 0) return malformed("period 0");
  if (valuesPerInterval !== 1 && valuesPerInterval !== 2)
    return malformed(`${valuesPerInterval} values for each interval`);
  const headerLength = fixedHeaderLength + valuesPerInterval;
  if (bytes.length < headerLength) return malformed("header cut short");
  const [forwardBits = 0, reverseBits = 0] = bytes.subarray(fixedHeaderLength, headerLength);
  if (forwardBits > 32 || reverseBits > 32)
    return malformed(`${Math.max(forwardBits, reverseBits)} bits for a value`);
  const byteLength = headerLength + Math.ceil((count * (forwardBits + reverseBits)) / 8);
  if (bytes.length < byteLength) return malformed("values cut short");
  const values = new BitReader(bytes.subarray(headerLength, byteLength));
  const deltas = Array.from({ length: count }, () => ({
    forward: values.read(forwardBits),
    reverse: valuesPerInterval === 2 ? values.read(reverseBits) : undefined,
  }));
  if (values.read(values.remainingBits) !== 0) return malformed("padding bits are not zero");
  const startEpochSeconds = header.getUint32(3) - periodSeconds;
  const block = { readingClass: header.getUint16(1), startEpochSeconds, periodSeconds, deltas };
  return { ok: true, value: { block, byteLength } };
}

/** Reads bits, the most significant of each byte first. */
class BitReader {
  #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get remainingBits(): number {
    return this.#bytes.length * 8 - this.#position;
  }

  read(bitCount: number): number {
    let value = 0;
    for (let read = 0; read < bitCount; read++, this.#position++) {
      const byte = this.#bytes[this.#position >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.#position & 7))) & 1);
    }
    return value;
  }
}

function malformed(detail: string): { ok: false; code: "interval-block"; detail: string } {
  return { ok: false, code: "interval-block", detail: `interval block: ${detail}` };
}
