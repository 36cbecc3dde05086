/** A series of intervals without a gap. */
export interface IntervalBlock {
  /** End of the first interval, in seconds since 1970 in UTC: the objects name intervals by their end. */
  readonly firstTimestampSeconds: number;
  /** Length of each interval, at least 1. */
  readonly periodSeconds: number;
  /**
   * The values of each interval, for instance forward and reverse pulses: 1 to 65535 intervals of the same 1 to
   * 255 integers from 0 to 2^32 - 1.
   */
  readonly values: readonly (readonly number[])[];
}

/** Marks the packed form that the object calls "OMA-LwM2M CBOR". */
const format = 2;
const fixedHeaderByteLength = 14;
const maximumUint16 = 0xffff;
const maximumUint32 = 0xffffffff;

/**
 * The opaque value of Latest Payload, resource 6029 of OMA object 10266 (Water Flow Readings): one packed block
 * per series, appended to each other, fields big-endian. Each value takes as many bits as the largest of its
 * kind in the block needs, most significant bit first. The object does not say where a block ends that does not
 * fill its last byte: here it is padded with zero bits, so that every block begins at a byte.
 *
 * Without blocks the value is empty, which tells the server that there is nothing new.
 * @param instanceId the "interval data instance ID / class" in each header, 0 to 65535.
 * @throws {RangeError} when a member is out of range or intervals differ in their number of values.
 */
export function encodeIntervalBlocks(blocks: readonly IntervalBlock[], instanceId = 0): Uint8Array {
  requireInteger("instanceId", instanceId, 0, maximumUint16);
  const bitSizes = blocks.map(valueBitSizes);
  let byteLength = 0;
  blocks.forEach((block, index) => {
    byteLength += blockByteLength(block, bitSizes[index] ?? []);
  });
  const bytes = new Uint8Array(byteLength);
  let position = 0;
  blocks.forEach((block, index) => {
    position = writeBlock(bytes, position, block, bitSizes[index] ?? [], instanceId);
  });
  return bytes;
}

/** Writes one block and returns the position behind it. */
function writeBlock(
  bytes: Uint8Array,
  start: number,
  block: IntervalBlock,
  bitSizes: readonly number[],
  instanceId: number,
): number {
  const view = new DataView(bytes.buffer, start);
  view.setUint8(0, format);
  view.setUint16(1, instanceId);
  view.setUint32(3, block.firstTimestampSeconds);
  view.setUint32(7, block.periodSeconds);
  view.setUint16(11, block.values.length);
  view.setUint8(13, bitSizes.length);
  bytes.set(bitSizes, start + fixedHeaderByteLength);

  let bitPosition = 8 * (start + fixedHeaderByteLength + bitSizes.length);
  for (const interval of block.values) {
    interval.forEach((value, index) => {
      const bitSize = bitSizes[index] ?? 0;
      writeBits(bytes, bitPosition, value, bitSize);
      bitPosition += bitSize;
    });
  }
  return Math.ceil(bitPosition / 8);
}

/** Puts the lower `bitSize` bits of `value` at `bitPosition`, where the bytes are still zero. */
function writeBits(bytes: Uint8Array, bitPosition: number, value: number, bitSize: number): void {
  let position = bitPosition;
  let remaining = bitSize;
  while (remaining > 0) {
    const room = 8 - (position & 7);
    const taken = Math.min(room, remaining);
    const bits = (value >>> (remaining - taken)) & ((1 << taken) - 1);
    const index = position >>> 3;
    bytes[index] = (bytes[index] ?? 0) | (bits << (room - taken));
    position += taken;
    remaining -= taken;
  }
}

function blockByteLength(block: IntervalBlock, bitSizes: readonly number[]): number {
  let bitsPerInterval = 0;
  for (const bitSize of bitSizes) bitsPerInterval += bitSize;
  return fixedHeaderByteLength + bitSizes.length + Math.ceil((bitsPerInterval * block.values.length) / 8);
}

/** Checks a block and returns the bits that each of its values takes, 1 to 32. */
function valueBitSizes(block: IntervalBlock): readonly number[] {
  requireInteger("firstTimestampSeconds", block.firstTimestampSeconds, 0, maximumUint32);
  requireInteger("periodSeconds", block.periodSeconds, 1, maximumUint32);
  const [first] = block.values;
  if (first === undefined || block.values.length > maximumUint16)
    throw new RangeError("a block has 1 to 65535 intervals");
  if (first.length === 0 || first.length > 255) throw new RangeError("an interval has 1 to 255 values");
  const bitSizes = first.map(() => 1);
  for (const interval of block.values) {
    if (interval.length !== first.length) throw new RangeError("intervals differ in their number of values");
    interval.forEach((value, index) => {
      requireInteger("a value", value, 0, maximumUint32);
      bitSizes[index] = Math.max(bitSizes[index] ?? 1, 32 - Math.clz32(value));
    });
  }
  return bitSizes;
}

function requireInteger(name: string, value: number, minimum: number, maximum: number): void {
  if (!Number.isInteger(value) || value < minimum || value > maximum)
    throw new RangeError(`${name} must be an integer from ${minimum} to ${maximum}`);
}
