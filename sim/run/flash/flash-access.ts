import type { LogStorage } from "../../../firmware/legal/rings/log-storage.js";
import type { FlashGeometry, FlashPartition } from "../../../hal/flash.js";
import type { BoardFlash } from "../../chip/board/parts.js";
import type { FlashChip, FlashChipPartition } from "../../world/flash/partition-table.js";

/** The board's wires to its flash chip, and what it says that programming is aligned to. */
export function boardFlash(chip: FlashChip, programByteLength: number): BoardFlash {
  const at = (partition: number): FlashChipPartition => chip.partitions[partition] as FlashChipPartition;
  return {
    open(label) {
      const index = chip.partitions.findIndex((partition) => partition.label === label);
      return index < 0 ? undefined : index;
    },
    geometry: (partition) => {
      const { byteLength, sectorByteLength } = at(partition).flash;
      return { byteLength, sectorByteLength, programByteLength };
    },
    read: (partition, address, byteLength) => at(partition).read(address, byteLength),
    program: (partition, address, bytes) => at(partition).program(address, bytes),
    erase: (partition, address) => at(partition).erase(address),
  };
}

/** A partition reached from outside the meter, as a programmer clipped to the chip does. */
export function openPartition(chip: FlashChip, label: string): FlashPartition {
  const partition = chip.partition(label);
  if (!partition) throw new Error(`the chip has no partition "${label}"`);
  const geometry: FlashGeometry = partition.flash;
  return {
    geometry,
    read(address, target) {
      target.set(partition.flash.read(address, target.byteLength));
      return true;
    },
    program: (address, bytes) => partition.flash.program(address, bytes),
    erase: (address) => partition.flash.erase(address),
  };
}

/** A partition reached through the board's wires, with whatever is wrong with the chip behind them. */
export function boardPartition(flash: BoardFlash, partition: number): FlashPartition {
  return {
    geometry: flash.geometry(partition),
    read(address, target) {
      const bytes = flash.read(partition, address, target.byteLength);
      if (bytes) target.set(bytes);
      return bytes !== undefined;
    },
    program: (address, bytes) => flash.program(partition, address, bytes),
    erase: (address) => flash.erase(partition, address),
  };
}

/** A copy of a partition as it is now: what reads it may write, and leaves the meter's own as it is. */
export function copyPartition(chip: FlashChip, label: string): FlashPartition {
  const partition = openPartition(chip, label);
  const { byteLength } = partition.geometry;
  const image = new Uint8Array(byteLength);
  partition.read(0, image);
  return {
    geometry: partition.geometry,
    read(address, target) {
      target.set(image.subarray(address, address + target.byteLength));
      return true;
    },
    program(address, bytes) {
      for (let index = 0; index < bytes.byteLength; index++)
        image[address + index] = (image[address + index] as number) & (bytes[index] as number);
      return true;
    },
    erase(address) {
      image.fill(0xff, address, address + partition.geometry.sectorByteLength);
      return true;
    },
  };
}

/** A log's storage on `partition`, whichever log that is, for whoever reads or writes it without a meter's memory. */
export function storageOn(partition: FlashPartition): LogStorage {
  return { openPartition: () => partition, positions: () => undefined, mayEraseAhead: true, hasSlept: true };
}
