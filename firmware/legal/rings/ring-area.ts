import type { FlashPartition } from "../../../hal/flash.js";

/** The sectors of a ring, and what the parts of one have to know of it. */
export interface RingArea {
  readonly flash: FlashPartition;
  /** At least 2: the next sector is erased while the newest records rest in another. */
  readonly sectorCount: number;
  /** Told apart in every sector header, so that one ring never reads another's sectors. */
  readonly kind: number;
  /** Slots of 32 bytes in a sector; the first holds its header. */
  readonly slotsPerSector: number;
  /** Address of a slot, where sectors count from the ring's first. */
  slotAddress(sector: number, slot: number): number;
}
