import { areEqual, isBlank } from "../../../hal/base/bytes.js";
import type { FlashPartition } from "../../../hal/flash.js";
import type { EraseSupply } from "./log-storage.js";
import { recordByteLength, sealRecord, sequenceOf } from "./record.js";
import type { RingArea } from "./ring-area.js";
import { firstSequence, keptSequence, visitRing } from "./ring-history.js";
import type { RingPosition } from "./ring-position.js";
import { nextPage, resumeRing, type RingEnd, searchRing } from "./ring-start.js";
import type { KeptRing, SectorKeeper } from "./sector-keeper.js";
import { SectorMap } from "./sector-map.js";
import { slotsPerPage } from "./sector-reader.js";
import type { RecordJudge } from "./sector-scan.js";

export interface RecordRingOptions {
  readonly flash: FlashPartition;
  readonly firstSector: number;
  /** At least 2: the next sector is erased while the newest records rest in another. */
  readonly sectorCount: number;
  /** Told apart in every sector header, so that one ring never reads another's sectors. */
  readonly kind: number;
  readonly supply: EraseSupply;
  /** Where the ring stood at the end of an earlier run; spares the search as long as it proves right. */
  readonly position?: RingPosition | undefined;
  /** With one, the highest sequence number is the newest; without one, the last place. */
  readonly judge?: RecordJudge | undefined;
  /** Asked before a sector is erased; without one only the newest record matters. */
  readonly keeper?: SectorKeeper | undefined;
}

/** When this slot of a sector has been used, the next sector is prepared ahead of need. */
const prepareSlot = 96;

/**
 * An append-only ring of sealed 32-byte records over whole flash sectors. Nothing is ever changed in place:
 * a record is programmed once into a blank slot and read back; a slot that fails is passed over; the oldest
 * sector is erased when room is needed. Callers number their records. A record overrules those before it that have
 * the same number or a higher one: they were being written when power failed, and are read as valid by chance.
 */
export class RecordRing implements RingArea {
  readonly flash: FlashPartition;
  readonly sectorCount: number;
  readonly kind: number;
  readonly slotsPerSector: number;
  /** What this start has found; whoever opened the ring lets go of it once everything is decided that hangs on it. */
  found: RingEnd | undefined;
  #firstSector: number;
  #supply: EraseSupply;
  #keeper: SectorKeeper | undefined;
  #position: RingPosition | undefined;
  /** Undefined until a sector other than the head matters: most wakes can do without. */
  #map: SectorMap | undefined;
  /** While there is no map: it knows better. */
  #headSector: number;
  #nextSlot: number;
  #newestSector: number | undefined;
  #lastSequence: number;
  #failures = 0;
  /** True when the next record gets a page of its own. */
  #isNextAlone = false;
  #isFirm: boolean;
  #isBlocked = false;

  /** Finds the newest record: where `position` says if flash agrees, otherwise by a search. */
  constructor(options: RecordRingOptions) {
    const { flash, firstSector, sectorCount, kind, position } = options;
    const { sectorByteLength, byteLength } = flash.geometry;
    if (sectorCount < 2 || (firstSector + sectorCount) * sectorByteLength > byteLength)
      throw new RangeError(`a ring of ${sectorCount} sectors from ${firstSector} does not fit its partition`);
    this.flash = flash;
    this.sectorCount = sectorCount;
    this.kind = kind;
    this.slotsPerSector = Math.floor(sectorByteLength / recordByteLength);
    this.#firstSector = firstSector;
    this.#supply = options.supply;
    this.#keeper = options.keeper;
    this.#position = position;
    const found = (position && resumeRing(this, position)) ?? searchRing(this, options.judge);
    this.found = found;
    this.#isFirm = found.wasResumed;
    this.#map = found.map;
    this.#headSector = found.headSector;
    this.#nextSlot = found.nextSlot;
    this.#newestSector = found.newestSector;
    this.#lastSequence = found.lastSequence;
  }

  slotAddress(sector: number, slot: number): number {
    return ((this.#firstSector + sector) * this.slotsPerSector + slot) * recordByteLength;
  }

  /** The highest sequence number in use, also by records that can't be read; 0 while there are none. */
  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** Sequence number of the oldest record in the sector that is being filled; one more than the newest while it is empty. */
  get headSequence(): number {
    return firstSequence(this, this.map, 0) ?? this.#lastSequence + 1;
  }

  /** Sequence number of the oldest record that was not overwritten; 0 while nothing has been. */
  get keptSequence(): number {
    return keptSequence(this, this.map);
  }

  /** True when the ring's sectors hold something, but nothing that this firmware can read. */
  get holdsOnlyUnknown(): boolean {
    return this.map.holdsOnlyUnknown;
  }

  /** Slots and sectors that failed since this object was made. */
  get failures(): number {
    return this.#failures + (this.#map?.failures ?? 0);
  }

  /**
   * Seals and stores `record`. Slots that fail are passed over, and one new sector is begun if need be; a chip
   * that refuses even that is not asked for more sectors, which would only empty the ring.
   * Returns false when no slot took the record: the flash is worn out or failing, or nothing may go to make room.
   */
  append(record: Uint8Array): boolean {
    sealRecord(record);
    if (this.fill(record)) return true;
    // A sector that was begun in vain is not given up for yet another one: its slots may be blank still.
    if (this.#nextSlot === 1 || !this.map.advance((sector) => this.keeps(sector))) {
      this.#isBlocked = this.failures === 0;
      return false;
    }
    this.#nextSlot = 1;
    return this.fill(record);
  }

  /**
   * Begins a sector where the keeper speaks for all: the one that it calls spare goes, be it that of the newest record.
   * @param twin the log's other half, where that holds the same and nothing that a cut may have damaged
   */
  renew(twin: RecordRing | undefined): boolean {
    const keeper = this.#keeper;
    return (
      keeper?.isSpare !== undefined &&
      this.beginAnew((sector) => keeper.isSpare?.(this.kept, sector, twin?.kept) === true)
    );
  }

  /** Begins the head anew, whatever stands in it. */
  renewHead(): boolean {
    const { headSector } = this;
    return this.beginAnew((sector) => sector === headSector);
  }

  private beginAnew(isSpare: (sector: number) => boolean): boolean {
    if (this.#nextSlot === 1 || this.failures > 0) return false;
    const { map } = this;
    const head = map.headSector;
    const first = this.headSequence;
    if (!map.advance((sector) => !isSpare(sector))) return false;
    this.#nextSlot = 1;
    this.#isBlocked = false;
    if (map.headSector !== head) return true;
    // The head itself has gone, with all that stood in it.
    this.#lastSequence = first - 1;
    this.#newestSector = undefined;
    return true;
  }

  /**
   * Gives the next record a page in which nothing stands before it and nothing will stand behind it: no later cut can
   * reach it. It overrules whatever may stand before it with the same number or a higher one.
   */
  isolateNext(): void {
    this.startPage();
    this.#isNextAlone = true;
  }

  /** Goes on at the next page, so that a cut in the next append can't reach what is stored now. */
  startPage(): void {
    if (this.#nextSlot > 1) this.#nextSlot = nextPage(this.#nextSlot);
  }

  /** False while the newest record may be what a cut has left of it. */
  get isFirm(): boolean {
    return this.#isFirm;
  }

  /** True when all sectors are wanted, and none could be begun for the record that came last. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** True when the next run, or whoever opens the ring once more in this one, will find it without a search. */
  get isNoted(): boolean {
    const position = this.#position;
    if (!position || position.nextSlot !== this.#nextSlot || position.sector !== this.headSector)
      return false;
    return position.sequence === (this.#lastSequence & 0xffff);
  }

  /** Lets the next run go on from here without a search. */
  notePosition(): void {
    const sector = this.headSector;
    if (this.#newestSector !== sector) return;
    const isNextPrepared = this.#map
      ? this.#map.preparedSector !== undefined
      : this.#position?.isNextPrepared;
    this.#position?.note(sector, this.#nextSlot, this.#lastSequence, isNextPrepared === true);
  }

  /**
   * Visits the valid records from sequence number `first` on, oldest first, until `visit` returns false.
   * The bytes are only lent for the call. Returns whether it came to the end.
   */
  visitFrom(first: number, visit: (record: Uint8Array) => boolean): boolean {
    return visitRing(this, this.map, first, this.#nextSlot, visit);
  }

  private get headSector(): number {
    return this.#map ? this.#map.headSector : this.#headSector;
  }

  /** A ring without one was resumed, and its position is what it began with or noted since. */
  private get map(): SectorMap {
    this.#map ??= new SectorMap(this, this.#headSector, this.#position?.isNextPrepared);
    return this.#map;
  }

  /** What a keeper judges; the map is the one in use. */
  private get kept(): KeptRing {
    const doubtfulSequence = this.#isFirm ? Infinity : this.#lastSequence;
    return {
      area: this,
      map: this.map,
      doubtfulSequence,
      nextSlot: this.#nextSlot,
      lastSequence: this.#lastSequence,
    };
  }

  /** True for the sector of the newest record, and for one that the keeper speaks for. */
  private keeps(sector: number): boolean {
    return sector === this.#newestSector || this.#keeper?.keeps(this.kept, sector) === true;
  }

  /** Stores `record` in the head's next usable slot; false, with nothing used up, when there is none. */
  private fill(record: Uint8Array): boolean {
    const sector = this.headSector;
    for (let slot = this.#nextSlot; slot < this.slotsPerSector; slot++) {
      if (!this.store(this.slotAddress(sector, slot), record)) {
        this.#failures++;
        continue;
      }
      this.#nextSlot = slot + 1;
      this.#newestSector = sector;
      this.#lastSequence = sequenceOf(record);
      if (this.#isNextAlone) this.startPage();
      this.#isNextAlone = false;
      this.#isFirm = true;
      if (slot >= prepareSlot && slot % slotsPerPage === 0 && this.#supply.mayEraseAhead)
        this.map.prepareNext((next) => this.keeps(next));
      this.notePosition();
      return true;
    }
    return false;
  }

  /** Programs `record` into a slot that must be blank, and reads it back. */
  private store(address: number, record: Uint8Array): boolean {
    const { flash } = this;
    const slot = new Uint8Array(recordByteLength);
    if (!flash.read(address, slot) || !isBlank(slot)) return false;
    return flash.program(address, record) && flash.read(address, slot) && areEqual(slot, record);
  }
}
