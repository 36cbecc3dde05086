import type { BoardFlash } from "../chip/board/parts.js";
import { BadSectors, type BadBlockMode } from "../world/flash/bad-sectors.js";
import type { ChipCounters, FlashChip } from "../world/flash/partition-table.js";
import { FaultyFlash } from "../world/flash/faulty-flash.js";

/** A meter's flash chip whose partitions can fail, wired to the board. */
export class FaultyChip implements BoardFlash {
  /** In the order of the partition table: a partition's number is its place. */
  readonly partitions: readonly FaultyFlash[];

  /** Takes over the content of `factory`. */
  constructor(factory: FlashChip) {
    this.partitions = factory.partitions.map(({ label, flash }) => {
      const { byteLength, sectorByteLength, programByteLength } = flash;
      const partition = new FaultyFlash(label, { byteLength, sectorByteLength, programByteLength });
      partition.nor.image.set(flash.image);
      return partition;
    });
  }

  /** @throws {RangeError} when the chip has no such partition. */
  partition(label: string): FaultyFlash {
    const found = this.partitions.find((partition) => partition.label === label);
    if (!found) throw new RangeError(`the chip has no partition "${label}"`);
    return found;
  }

  /** One sector goes bad, at once or with its next erase; false when its partition has a bad one already. */
  spoil(partition: FaultyFlash, sector: number, mode: BadBlockMode, isImmediate: boolean): boolean {
    if (partition.bad) return false;
    const { byteLength, sectorByteLength } = partition.geometry;
    partition.bad = new BadSectors({
      mode,
      eraseCycles: isImmediate ? 0 : 1,
      sectorCount: byteLength / sectorByteLength,
      onlySector: sector,
    });
    return true;
  }

  open(label: string): number | undefined {
    const index = this.partitions.findIndex((partition) => partition.label === label);
    return index < 0 ? undefined : index;
  }

  geometry(partition: number): FaultyFlash["geometry"] {
    return this.#at(partition).geometry;
  }

  read(partition: number, address: number, byteLength: number): Uint8Array | undefined {
    const bytes = new Uint8Array(byteLength);
    return this.#at(partition).read(address, bytes) ? bytes : undefined;
  }

  program(partition: number, address: number, bytes: Uint8Array): boolean {
    return this.#at(partition).program(address, bytes);
  }

  erase(partition: number, address: number): boolean {
    return this.#at(partition).erase(address);
  }

  /** Totals over all partitions. */
  get counters(): ChipCounters {
    const each = this.partitions.map(({ nor }) => nor.counters);
    return {
      programs: each.reduce((sum, { programs }) => sum + programs, 0),
      erases: each.reduce((sum, { erases }) => sum + erases, 0),
      maxSectorErases: Math.max(0, ...each.map(({ erasesBySector }) => Math.max(...erasesBySector))),
    };
  }

  #at(partition: number): FaultyFlash {
    return this.partitions[partition] as FaultyFlash;
  }
}
