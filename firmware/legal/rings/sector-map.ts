import { areEqual, isBlank, writeUnsigned } from "../../../hal/base/bytes.js";
import { isSealedRecord, recordByteLength, sealRecord, sequenceOf, sequenceOffset } from "./record.js";
import type { RingArea } from "./ring-area.js";
import { slotsPerPage } from "./sector-reader.js";

/** First byte of every sector header; the next are the format's version and the ring's kind. */
const headerMark = 0x54;
const formatVersion = 1;
/** Where a header says whether records had to go to make room: 0xFF not yet, 0 since then. */
const comeRoundOffset = 3;

/** A chip that takes no header in so many erased sectors is failing as a whole: no more are erased for it. */
const mostLostSectors = 2;

/**
 * Which sectors of a ring hold records, and in what order. Each sector in use starts with a sealed header that
 * carries its generation, one more than its predecessor's. The header is written when the sector's erase has
 * ended and been checked, so a sector with a header is known to have been erased whole; one without is free.
 */
export class SectorMap {
  /** Erases and headers that failed since this object was made. */
  failures = 0;
  #area: RingArea;
  /** Sector numbers, newest generation first, the prepared one left out. */
  #byAge: number[];
  /** Erased ahead, with its header: it takes records when the head is full. */
  #prepared: number | undefined;
  #lastGeneration = 0;
  #hasComeRound = false;
  #isUnknown = false;

  /**
   * Reads the headers. Where an earlier run has noted the head it is told, together with whether the sector in front
   * of it has been prepared since the last reset.
   */
  constructor(area: RingArea, head?: number, isNextPrepared = false) {
    this.#area = area;
    const byAge = this.readHeaders();
    const index = head === undefined ? 0 : byAge.indexOf(head);
    if (isNextPrepared && index === 1) this.#prepared = byAge[0];
    this.#byAge = head === undefined ? byAge : [head].concat(byAge.slice(index + 1));
  }

  /** The sector that takes new records. */
  get headSector(): number {
    return this.#byAge[0] ?? 0;
  }

  /** The sector that was begun `age` sectors before the head (0); undefined past the oldest. */
  sectorByAge(age: number): number | undefined {
    return this.#byAge[age];
  }

  /** False for a sector that was never begun, or has lost its header: it holds nothing that the ring could show. */
  isInUse(sector: number): boolean {
    return this.#byAge.includes(sector);
  }

  /** True once the ring has come round: from then on its oldest records are gone because they were overwritten. */
  get hasComeRound(): boolean {
    return this.#hasComeRound;
  }

  /** True when no sector has a header but one of them is not blank: it holds what this ring can't read. */
  get holdsOnlyUnknown(): boolean {
    return this.#byAge.length === 0 && this.#isUnknown;
  }

  /** The sector that was erased and got its header to take records next; undefined when none was. */
  get preparedSector(): number | undefined {
    return this.#prepared;
  }

  /**
   * Forgets a head that holds no records: whoever prepared it may have lost power while doing so, and it is
   * erased anew before it is used.
   */
  dropEmptyHead(): void {
    this.#byAge.shift();
  }

  /**
   * Begins the next sector, but erases none that `isKept` speaks for; a full head that holds nothing to be read comes
   * last. A sector that can't be erased is passed over, at no cost; one that can be erased but takes no header is passed
   * over once.
   */
  advance(isKept: (sector: number) => boolean): boolean {
    const { sectorCount } = this.#area;
    let lost = 0;
    for (let step = 1; this.#prepared === undefined && step <= sectorCount; step++) {
      const sector = this.sectorAhead(step);
      if (isKept(sector)) continue;
      if (this.prepare(sector) === "lost" && ++lost === mostLostSectors) return false;
    }
    if (this.#prepared === undefined) return false;
    this.#byAge.unshift(this.#prepared);
    this.#prepared = undefined;
    return true;
  }

  /** Prepares the sector that is next in turn, unless that was done before or `isKept` speaks for it. */
  prepareNext(isKept: (sector: number) => boolean): void {
    if (this.#prepared !== undefined || this.#byAge.length === 0) return;
    const sector = this.sectorAhead(1);
    if (!isKept(sector)) this.prepare(sector);
  }

  private sectorAhead(step: number): number {
    const head = this.#byAge[0];
    return head === undefined ? step - 1 : (head + step) % this.#area.sectorCount;
  }

  /** `kept`: could not be erased. `lost`: erased, but it takes no header. */
  private prepare(sector: number): "prepared" | "kept" | "lost" {
    const isErased = this.erase(sector);
    const index = this.#byAge.indexOf(sector);
    if (index >= 0) {
      this.#byAge.splice(index, 1);
      this.#hasComeRound = true;
    }
    if (isErased && this.writeHeader(sector)) {
      this.#prepared = sector;
      return "prepared";
    }
    this.failures++;
    return isErased ? "lost" : "kept";
  }

  private readHeaders(): number[] {
    const byAge: number[] = [];
    const generations: number[] = [];
    const header = new Uint8Array(recordByteLength);
    const again = new Uint8Array(recordByteLength);
    const { flash, sectorCount, kind } = this.#area;
    for (let sector = 0; sector < sectorCount; sector++) {
      const address = this.#area.slotAddress(sector, 0);
      if (!flash.read(address, header)) continue;
      this.#isUnknown ||= !isBlank(header);
      if (header[0] !== headerMark || header[1] !== formatVersion) continue;
      if (header[2] !== kind || !isSealedRecord(header)) continue;
      // A header that was being programmed when the power failed may read differently each time.
      if (!flash.read(address, again) || !areEqual(header, again)) continue;
      const generation = sequenceOf(header);
      this.#lastGeneration = Math.max(this.#lastGeneration, generation);
      this.#hasComeRound ||= header[comeRoundOffset] === 0 || generation > sectorCount;
      let age = 0;
      while (age < generations.length && (generations[age] as number) >= generation) age++;
      generations.splice(age, 0, generation);
      byAge.splice(age, 0, sector);
    }
    return byAge;
  }

  private writeHeader(sector: number): boolean {
    const header = new Uint8Array(recordByteLength).fill(0xff);
    header[0] = headerMark;
    header[1] = formatVersion;
    header[2] = this.#area.kind;
    if (this.#hasComeRound) header[comeRoundOffset] = 0;
    writeUnsigned(header, sequenceOffset, 4, this.#lastGeneration + 1);
    sealRecord(header);
    const check = new Uint8Array(recordByteLength);
    const { flash } = this.#area;
    const address = this.#area.slotAddress(sector, 0);
    if (!flash.program(address, header)) return false;
    if (!flash.read(address, check) || !areEqual(check, header)) return false;
    this.#lastGeneration++;
    return true;
  }

  private erase(sector: number): boolean {
    const { flash, slotsPerSector } = this.#area;
    if (!flash.erase(this.#area.slotAddress(sector, 0))) return false;
    const page = new Uint8Array(slotsPerPage * recordByteLength);
    for (let slot = 0; slot < slotsPerSector; slot += slotsPerPage)
      if (!flash.read(this.#area.slotAddress(sector, slot), page) || !isBlank(page)) return false;
    return true;
  }
}
