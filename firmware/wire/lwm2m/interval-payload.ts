import { requireRange } from "../../../hal/base/ranges.js";

/** A series of intervals without a gap. */
export interface IntervalBlock {
  /** End of the first interval, in seconds since 1970 in UTC: the objects name intervals by their end. */
  readonly firstTimestampSeconds: number;
  /** Length of each interval, at least 1. */
  readonly periodSeconds: number;
  /** How many values each interval has, for instance forward and reverse pulses: 1 to 255. */
  readonly valueCount: number;
  /** The values of 1 to 65535 intervals, one interval after the other. */
  readonly values: Uint32Array;
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
 * @throws {RangeError} when a member is out of range.
 */
export function encodeIntervalBlocks(blocks: readonly IntervalBlock[], instanceId = 0): Uint8Array {
  requireRange(instanceId, 0, maximumUint16, "instanceId");
  const bitSizes = blocks.map(valueBitSizes);
  let byteLength = 0;
  for (let index = 0; index < blocks.length; index++)
    byteLength += blockByteLength(blocks[index] as IntervalBlock, bitSizes[index] as readonly number[]);
  const bytes = new Uint8Array(byteLength);
  let position = 0;
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index] as IntervalBlock;
    position = writeBlock(bytes, position, block, bitSizes[index] as readonly number[], instanceId);
  }
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
  const { values } = block;
  const view = new DataView(bytes.buffer, start);
  view.setUint8(0, format);
  view.setUint16(1, instanceId);
  view.setUint32(3, block.firstTimestampSeconds);
  view.setUint32(7, block.periodSeconds);
  view.setUint16(11, values.length / bitSizes.length);
  view.setUint8(13, bitSizes.length);
  bytes.set(bitSizes, start + fixedHeaderByteLength);

  let bitPosition = 8 * (start + fixedHeaderByteLength + bitSizes.length);
  for (let index = 0; index < values.length; index++) {
    const bitSize = bitSizes[index % bitSizes.length] as number;
    writeBits(bytes, bitPosition, values[index] as number, bitSize);
    bitPosition += bitSize;
  }
  return Math.ceil(bitPosition / 8);
}

/** Puts the lower `bitSize` bits of `value` at `bitPosition`, where the bytes are still zero. */
function writeBits(bytes: Uint8Array, bitPosition: number, value: number, bitSize: number): void {
  let position = bitPosition;
  let remaining = bitSize;
  while (remaining > 0) {
    const room = 8 - (position & 7);
    const taken = remaining < room ? remaining : room;
    remaining -= taken;
    const bits = (value >>> remaining) & ((1 << taken) - 1);
    const index = position >>> 3;
    bytes[index] = (bytes[index] as number) | (bits << (room - taken));
    position += taken;
  }
}

function blockByteLength({ values }: IntervalBlock, bitSizes: readonly number[]): number {
  let bitsPerInterval = 0;
  for (let kind = 0; kind < bitSizes.length; kind++) bitsPerInterval += bitSizes[kind] as number;
  const bits = (values.length / bitSizes.length) * bitsPerInterval;
  return fixedHeaderByteLength + bitSizes.length + Math.ceil(bits / 8);
}

/** Checks a block and returns the bits that each of its values takes, 1 to 32. */
function valueBitSizes(block: IntervalBlock): readonly number[] {
  const { firstTimestampSeconds, periodSeconds, valueCount, values } = block;
  requireRange(firstTimestampSeconds, 0, maximumUint32, "firstTimestampSeconds");
  requireRange(periodSeconds, 1, maximumUint32, "periodSeconds");
  requireRange(valueCount, 1, 255, "valueCount");
  requireRange(values.length / valueCount, 1, maximumUint16, "the number of intervals");
  const bitSizes: number[] = [];
  for (let kind = 0; kind < valueCount; kind++) {
    // All bits of the values together have the length of the largest.
    let bits = 1;
    for (let index = kind; index < values.length; index += valueCount) bits |= values[index] as number;
    bitSizes.push(32 - Math.clz32(bits));
  }
  return bitSizes;
}
