import type { FlashGeometry, FlashPartition as Partition, FlashPartitionOptions } from "../../flash.js";

/** A data partition of the board's partition table, without file system. */
export class FlashPartition implements Partition {
  /** @throws {Error} when the table has no data partition of that label. */
  constructor(options: FlashPartitionOptions);
  readonly geometry: FlashGeometry;
  read(address: number, target: Uint8Array): boolean;
  program(address: number, bytes: Uint8Array): boolean;
  erase(address: number): boolean;
}
