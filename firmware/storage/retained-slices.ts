import type { RetainedMemory, WakeCause } from "../../hal/power.js";
import { sealByteLength, Slice, type SliceDeclaration, type SliceSource } from "../legal/retained/slice.js";
import { positionByteLength, RingPosition } from "../legal/rings/ring-position.js";
import { notedLogs } from "./logs.js";
import { type RetainedRoom, retainedRooms } from "./retained-rooms.js";

const positionsDeclaration: SliceDeclaration = Object.freeze({
  name: "positions",
  version: 1,
  byteLength: notedLogs.length * 2 * positionByteLength,
});

/**
 * The memory that outlives deep sleep and resets, given out in slices: storage knows where each stands and keeps the
 * seals, its owner what is in it. Nothing here is the register: losing all of it costs a fresh start of schedules and a
 * registration, never a pulse. After a loss of power all of it is void, whatever the memory happens to hold.
 */
export class RetainedSlices implements SliceSource {
  #memory: RetainedMemory;
  #bytes: Uint8Array;
  #hasPower: boolean;
  /** By the numbers of their rooms. */
  #opened: (Slice | undefined)[] = [];
  #positions: Slice;
  #positionsOffset: number;

  /** After a reset, in contrast to a sleep, the positions of the logs are not believed: a write may have been cut. */
  constructor(memory: RetainedMemory, wakeCause: WakeCause) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.byteLength);
    this.#hasPower = wakeCause !== "power-on";
    if (this.#hasPower) memory.read(this.#bytes);
    const hasSlept = wakeCause === "timer" || wakeCause === "pulses" || wakeCause === "service";
    const room = roomOf(positionsDeclaration);
    this.#positionsOffset = room.offset;
    this.#positions = new Slice(positionsDeclaration, this.#bytes, room.offset, hasSlept);
    this.#opened[room.index] = this.#positions;
  }

  /** @throws {RangeError} when the slice has no room, or does not fit into it. */
  open(declaration: SliceDeclaration): Slice {
    const room = roomOf(declaration);
    const known = this.#opened[room.index];
    if (known) return known;
    const slice = new Slice(declaration, this.#bytes, room.offset, this.#hasPower);
    this.#opened[room.index] = slice;
    return slice;
  }

  /**
   * Where the two rings of a log stand, for a log that has its place here; what is noted there is kept with the next
   * `save`.
   */
  positions(log: string): readonly [RingPosition, RingPosition] | undefined {
    const index = notedLogs.indexOf(log);
    if (index < 0) return undefined;
    const offset = this.#positionsOffset + index * 2 * positionByteLength;
    return [
      new RingPosition(this.#bytes, offset),
      new RingPosition(this.#bytes, offset + positionByteLength),
    ];
  }

  save(): void {
    // The rings write theirs past the slice.
    this.#positions.touch();
    const opened = this.#opened;
    for (let index = 0; index < opened.length; index++) opened[index]?.seal();
    this.#memory.write(this.#bytes);
  }
}

function roomOf({ name, byteLength }: SliceDeclaration): RetainedRoom {
  const room = retainedRooms[name];
  if (!room) throw new RangeError(`retained memory has no room for a slice ${name}`);
  if (byteLength + sealByteLength > room.byteLength)
    throw new RangeError(`the slice ${name} does not fit into its ${room.byteLength} bytes`);
  return room;
}
