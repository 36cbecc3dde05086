import { RecordRing, type RecordRingOptions } from "../../../../firmware/legal/rings/record-ring.js";
import { positionByteLength, RingPosition } from "../../../../firmware/legal/rings/ring-position.js";
import { recordByteLength, sequenceOf, sequenceOffset } from "../../../../firmware/legal/rings/record.js";
import { writeUnsigned } from "../../../../hal/base/bytes.js";
import type { FakeFlash } from "../../fake-flash.js";

export const sectorByteLength = 4096;
/** Records behind the header of a sector. */
export const recordsPerSector = 127;

/** Opens a ring over the whole of `flash`, unless told otherwise. */
export function openRing(flash: FakeFlash, options: Partial<RecordRingOptions> = {}): RecordRing {
  const sectorCount = flash.geometry.byteLength / sectorByteLength;
  return new RecordRing({
    flash,
    firstSector: 0,
    sectorCount,
    kind: 9,
    supply: { mayEraseAhead: true, hasSlept: true },
    ...options,
  });
}

export type Positions = readonly [RingPosition, RingPosition];

/** Where the two rings of a log stood, in retained memory that has just got its power. */
export function freshPositions(): Positions {
  const bytes = new Uint8Array(2 * positionByteLength);
  return [new RingPosition(bytes, 0), new RingPosition(bytes, positionByteLength)];
}

/** A record whose content follows from its number. */
export function record(sequence: number): Uint8Array {
  const bytes = new Uint8Array(recordByteLength);
  for (let index = 8; index < 28; index++) bytes[index] = (sequence * 31 + index * 17) & 0xff;
  writeUnsigned(bytes, sequenceOffset, 4, sequence);
  return bytes;
}

/** Appends the records `first` to `last`; throws when one is refused. */
export function fill(ring: RecordRing, first: number, last: number): void {
  for (let sequence = first; sequence <= last; sequence++)
    if (!ring.append(record(sequence))) throw new Error(`record ${sequence} was refused`);
}

/** Numbers of the records that a visit from `first` shows; throws on one whose content is not its own. */
export function visited(ring: RecordRing, first = 0): number[] {
  const sequences: number[] = [];
  ring.visitFrom(first, (bytes) => {
    sequences.push(contentSequence(bytes));
    return true;
  });
  return sequences;
}

/** Number of the newest record that `ring` found, 0 for none; throws when its content is not its own. */
export function newestSequence({ found }: RecordRing): number {
  return found?.newest ? contentSequence(found.newest) : 0;
}

function contentSequence(bytes: Uint8Array): number {
  const sequence = sequenceOf(bytes);
  const expected = record(sequence);
  for (let index = 0; index < 28; index++)
    if (bytes[index] !== expected[index]) throw new Error(`record ${sequence} holds something else`);
  return sequence;
}

/** The whole numbers from `first` to `last`. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
