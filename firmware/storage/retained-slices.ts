import type { RetainedMemory, WakeCause } from "../../hal/power.js";
import {
  isSealedSlice,
  sealByteLength,
  sealSlice,
  type SliceDeclaration,
  type SliceRoom,
  type SliceSource,
} from "../legal/retained/slice.js";
import { positionByteLength, RingPosition } from "../legal/rings/ring-position.js";
import { notedLogs } from "./logs.js";
import { retainedRooms } from "./retained-rooms.js";

const positionsDeclaration: SliceDeclaration = Object.freeze({
  name: "positions",
  version: 1,
  byteLength: notedLogs.length * 2 * positionByteLength,
});

/** A bit each in a number, and no hole in a list. */
const mostRooms = 16;

/**
 * The memory that outlives deep sleep and resets, given out in slices: storage knows where each stands and keeps the
 * seals, its owner what is in it. Nothing here is the register: losing all of it costs a fresh start of schedules and a
 * registration, never a pulse. After a loss of power all of it is void, whatever the memory happens to hold.
 */
export class RetainedSlices implements SliceSource {
  readonly bytes: Uint8Array;
  /** False at the first start with power, and after a reset. */
  readonly hasSlept: boolean;
  #memory: RetainedMemory;
  /** False as long as nothing in the memory is believed. */
  #isBelieved: boolean;
  /** By the numbers of their rooms. */
  #declarations = new Array<SliceDeclaration | undefined>(mostRooms).fill(undefined);
  /** Those that were valid and those that were written to, a bit each, by the numbers of their rooms. */
  #valid = 0;
  #touched = 0;
  #positions: SliceRoom;

  /** After a reset, in contrast to a sleep, the positions of the logs are not believed: a write may have been cut. */
  constructor(memory: RetainedMemory, wakeCause: WakeCause) {
    this.#memory = memory;
    this.bytes = new Uint8Array(memory.byteLength);
    const hasPower = wakeCause !== "power-on";
    if (hasPower) memory.read(this.bytes);
    // At once: a reset may come before anything is saved, and would believe what is left of the time before.
    else memory.write(this.bytes);
    this.hasSlept = wakeCause === "timer" || wakeCause === "pulses" || wakeCause === "service";
    this.#isBelieved = this.hasSlept;
    this.#positions = this.open(positionsDeclaration);
    this.#isBelieved = hasPower;
  }

  /** @throws {RangeError} when the slice has no room, does not fit into it, or somebody else has opened the room. */
  open(declaration: SliceDeclaration): SliceRoom {
    const { name, byteLength } = declaration;
    const room = retainedRooms[name];
    if (!room) throw new RangeError(`retained memory has no room for a slice ${name}`);
    const { index, offset } = room;
    const opened = this.#declarations[index];
    if (opened === declaration) return room;
    // Two declarations of one name are two owners, each with its own idea of what stands where.
    if (opened) throw new RangeError(`the slice ${name} has another owner`);
    if (byteLength + sealByteLength > room.byteLength)
      throw new RangeError(`the slice ${name} does not fit into its ${room.byteLength} bytes`);
    this.#declarations[index] = declaration;
    if (this.#isBelieved && isSealedSlice(this.bytes, offset, declaration)) this.#valid |= 1 << index;
    else {
      this.#touched |= 1 << index;
      this.bytes.fill(0, offset, offset + byteLength);
    }
    return room;
  }

  wasValid({ index }: SliceRoom): boolean {
    return ((this.#valid >> index) & 1) !== 0;
  }

  touch({ index }: SliceRoom): void {
    this.#touched |= 1 << index;
  }

  /**
   * Where the two rings of a log stand, for a log that has its place here; what is noted there is kept with the next
   * `save`.
   */
  positions(log: string): readonly [RingPosition, RingPosition] | undefined {
    const index = notedLogs.indexOf(log);
    if (index < 0) return undefined;
    const offset = this.#positions.offset + index * 2 * positionByteLength;
    return [new RingPosition(this.bytes, offset), new RingPosition(this.bytes, offset + positionByteLength)];
  }

  save(): void {
    // The rings write theirs past the slice.
    this.touch(this.#positions);
    for (let index = 0; this.#touched !== 0; index++) {
      const bit = 1 << index;
      if ((this.#touched & bit) === 0) continue;
      this.#touched &= ~bit;
      const declaration = this.#declarations[index] as SliceDeclaration;
      sealSlice(this.bytes, (retainedRooms[declaration.name] as SliceRoom).offset, declaration);
    }
    this.#memory.write(this.bytes);
  }
}
