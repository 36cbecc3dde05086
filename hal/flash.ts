/** Fixed facts of a flash partition, in bytes. */
export interface FlashGeometry {
  readonly byteLength: number;
  /** The unit of `erase`; `byteLength` is a multiple of it. */
  readonly sectorByteLength: number;
  /** Addresses and lengths given to `program` are multiples of this (16 with ESP32 flash encryption). */
  readonly programByteLength: number;
}

/**
 * A raw NOR flash partition. Erased bytes read 0xFF; programming only clears bits.
 *
 * Addresses are bytes from the partition's start. A call outside the geometry or out of alignment is a
 * programming error and throws a `RangeError`. A fault of the chip is an operating error: the call returns
 * `false`, and a `true` still has to be checked by reading back.
 */
export interface FlashPartition {
  readonly geometry: FlashGeometry;
  /** Fills `target` from `address`. Returns false when the chip reports a read error. */
  read(address: number, target: Uint8Array): boolean;
  /** Programs `bytes` at `address`, which must have been erased before. */
  program(address: number, bytes: Uint8Array): boolean;
  /** Erases the one sector that starts at `address`. */
  erase(address: number): boolean;
}

export interface FlashPartitionOptions {
  /** The partition's label in the board's partition table. */
  readonly partition: string;
}

/** @throws {Error} when the board has no partition of that label. */
export type FlashPartitionConstructor = new (options: FlashPartitionOptions) => FlashPartition;
