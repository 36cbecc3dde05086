import { NorFlash, type NorFlashOptions } from "./nor-flash.js";

export interface PartitionEntry {
  readonly label: string;
  readonly sectors: number;
}

export interface FlashOperation {
  readonly kind: "read" | "program" | "erase";
  /** Label of the partition. */
  readonly partition: string;
  /** In bytes from the start of the partition. */
  readonly address: number;
  readonly byteLength: number;
}

export interface ChipCounters {
  readonly programs: number;
  readonly erases: number;
  /** Erases of the most worn sector of the chip. */
  readonly maxSectorErases: number;
}

/** One partition of a chip: its flash, with the chip told of each operation first. */
export class FlashChipPartition {
  readonly label: string;
  /** The cells behind it; what is done there directly is no operation of the chip. */
  readonly flash: NorFlash;
  #announce: (operation: FlashOperation) => void;

  constructor(label: string, flash: NorFlash, announce: (operation: FlashOperation) => void) {
    this.label = label;
    this.flash = flash;
    this.#announce = announce;
  }

  read(address: number, byteLength: number): Uint8Array {
    this.#announce({ kind: "read", partition: this.label, address, byteLength });
    return this.flash.read(address, byteLength);
  }

  program(address: number, bytes: Uint8Array): boolean {
    this.#announce({ kind: "program", partition: this.label, address, byteLength: bytes.byteLength });
    return this.flash.program(address, bytes);
  }

  erase(address: number): boolean {
    const byteLength = this.flash.sectorByteLength;
    this.#announce({ kind: "erase", partition: this.label, address, byteLength });
    return this.flash.erase(address);
  }
}

/** A flash chip that is divided as its partition table says. */
export class FlashChip {
  /** In the order of the table. */
  readonly partitions: readonly FlashChipPartition[];
  /** Called before each operation; what it throws keeps the operation from happening. */
  onOperation: ((operation: FlashOperation) => void) | undefined;

  /** @throws {RangeError} when two partitions share a label or one has no sectors. */
  constructor(
    table: readonly PartitionEntry[],
    geometry: Omit<NorFlashOptions, "byteLength"> & { readonly sectorByteLength: number } = {
      sectorByteLength: 4096,
    },
  ) {
    if (new Set(table.map(({ label }) => label)).size !== table.length)
      throw new RangeError("two partitions share a label");
    this.partitions = table.map(({ label, sectors }) => {
      const flash = new NorFlash({ ...geometry, byteLength: sectors * geometry.sectorByteLength });
      return new FlashChipPartition(label, flash, (operation) => this.onOperation?.(operation));
    });
  }

  /** Undefined when the table has no such label. */
  partition(label: string): FlashChipPartition | undefined {
    return this.partitions.find((partition) => partition.label === label);
  }

  /** Totals over all partitions. */
  get counters(): ChipCounters {
    const each = this.partitions.map(({ flash }) => flash.counters);
    return {
      programs: each.reduce((sum, { programs }) => sum + programs, 0),
      erases: each.reduce((sum, { erases }) => sum + erases, 0),
      maxSectorErases: Math.max(0, ...each.map(({ erasesBySector }) => Math.max(...erasesBySector))),
    };
  }
}
