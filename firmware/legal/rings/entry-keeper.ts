import { areEqual, readUnsigned } from "../../../hal/base/bytes.js";
import { sequenceOf } from "./record.js";
import { visitRing } from "./ring-history.js";
import type { KeptRing, SectorKeeper } from "./sector-keeper.js";

/** How the records of a log are entries by id, of which the last one counts. */
export interface EntryLayout {
  /** False for a record in a layout that this firmware does not know. */
  isEntry(record: Uint8Array): boolean;
  readonly idOffset: number;
  readonly valueOffset: number;
  readonly valueByteLength: number;
}

interface Entry {
  readonly sequence: number;
  readonly value: Uint8Array;
}

/**
 * Keeps every entry, however old its sector, until a newer sector has it too: starts that are cut while they copy may
 * fill as many sectors as they like, and only take away again what such starts have written.
 */
export class EntryKeeper implements SectorKeeper {
  #layout: EntryLayout;

  constructor(layout: EntryLayout) {
    this.#layout = layout;
  }

  keeps(ring: KeptRing, sector: number): boolean {
    return this.onlyIn(ring, sector).size > 0;
  }

  isSpare(ring: KeptRing, sector: number, twin: KeptRing | undefined): boolean {
    const wanted = this.onlyIn(ring, sector);
    if (wanted.size === 0) return true;
    if (!twin) return false;
    const others = this.entries(twin, undefined, Infinity);
    let isSpare = true;
    wanted.forEach((entry, id) => {
      const other = others.get(id);
      if (!other || (other.sequence <= entry.sequence && !areEqual(other.value, entry.value)))
        isSpare = false;
    });
    return isSpare;
  }

  /** The entries that would be gone, or be another, without `sector`. */
  private onlyIn(ring: KeptRing, sector: number): Map<number, Entry> {
    const others = this.entries(ring, sector, ring.doubtfulSequence);
    const wanted = new Map<number, Entry>();
    this.entries(ring, undefined, ring.doubtfulSequence).forEach((entry, id) => {
      const other = others.get(id);
      if (!other || !areEqual(other.value, entry.value)) wanted.set(id, entry);
    });
    return wanted;
  }

  /** The entries of a ring in records numbered below `end`, or of what is left of it without one sector. */
  private entries({ area, map }: KeptRing, without: number | undefined, end: number): Map<number, Entry> {
    const { idOffset, valueOffset, valueByteLength } = this.#layout;
    const sectors = {
      sectorByAge: (age: number): number | undefined => {
        const sector = map.sectorByAge(age);
        return sector === without ? undefined : sector;
      },
    };
    const entries = new Map<number, Entry>();
    visitRing(area, sectors, 1, area.slotsPerSector, (record) => {
      if (this.#layout.isEntry(record) && sequenceOf(record) < end)
        entries.set(readUnsigned(record, idOffset, 2), {
          sequence: sequenceOf(record),
          value: record.slice(valueOffset, valueOffset + valueByteLength),
        });
      return true;
    });
    return entries;
  }
}
