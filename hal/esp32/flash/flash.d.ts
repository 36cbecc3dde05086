import type { FlashGeometry, FlashPartition, FlashPartitionOptions } from "../../flash.js";

/** A data partition of the board's partition table, without file system. */
export class ChipFlashPartition implements FlashPartition {
  /** @throws {Error} when the table has no data partition of that label. */
  constructor(options: FlashPartitionOptions);
  readonly geometry: FlashGeometry;
  read(address: number, target: Uint8Array): boolean;
  program(address: number, bytes: Uint8Array): boolean;
  erase(address: number): boolean;
}
