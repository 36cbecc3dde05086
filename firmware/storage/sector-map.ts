import { areEqual, isBlank, writeUnsigned } from "../../hal/bytes.js";
import type { FlashPartition } from "../../hal/flash.js";
import { isSealedRecord, recordByteLength, sealRecord, sequenceOf, sequenceOffset } from "./record.js";

/** First byte of every sector header; the next are the format's version and the ring's kind. */
const headerMark = 0x54;
const formatVersion = 1;
/** Where a header says whether records had to go to make room: 0xFF not yet, 0 since then. */
const comeRoundOffset = 3;

/** Bytes of a sector that are looked at together. */
const chunkByteLength = 256;

/** A chip that takes no header in so many erased sectors is failing as a whole: no more are erased for it. */
const mostLostSectors = 2;

/**
 * Which sectors of a ring hold records, and in what order. Each sector in use starts with a sealed header that
 * carries its generation, one more than its predecessor's. The header is written when the sector's erase has
 * ended and been checked, so a sector with a header is known to have been erased whole; one without is free.
 */
export class SectorMap {
  readonly sectorCount: number;
  /** Erases and headers that failed since this object was made. */
  failures = 0;
  #flash: FlashPartition;
  #firstAddress: number;
  #sectorByteLength: number;
  #kind: number;
  /** Sector numbers, newest generation first, the prepared one left out; undefined until somebody needs it. */
  #order: number[] | undefined;
  #assumedHead: number | undefined;
  /** True when the sector behind the assumed head has been prepared since the last reset. */
  #isNextPrepared = false;
  /** Erased ahead, with its header: it takes records when the head is full. */
  #prepared: number | undefined;
  #lastGeneration = 0;
  #hasComeRound = false;
  #isUnknown = false;

  constructor(flash: FlashPartition, firstSector: number, sectorCount: number, kind: number) {
    this.#flash = flash;
    this.#sectorByteLength = flash.geometry.sectorByteLength;
    this.#firstAddress = firstSector * this.#sectorByteLength;
    this.sectorCount = sectorCount;
    this.#kind = kind;
  }

  /** The sector that takes new records. */
  get headSector(): number {
    return this.#assumedHead ?? this.byAge[0] ?? 0;
  }

  get headAddress(): number {
    return this.addressOf(this.headSector);
  }

  addressOf(sector: number): number {
    return this.#firstAddress + sector * this.#sectorByteLength;
  }

  /** The sector that was begun `age` sectors before the head (0); undefined past the oldest. */
  sectorByAge(age: number): number | undefined {
    return this.byAge[age];
  }

  addressByAge(age: number): number | undefined {
    const sector = this.sectorByAge(age);
    return sector === undefined ? undefined : this.addressOf(sector);
  }

  /** True once the ring has come round: from then on its oldest records are gone because they were overwritten. */
  get hasComeRound(): boolean {
    return this.byAge.length > 0 && this.#hasComeRound;
  }

  /** True when no sector has a header but one of them is not blank: it holds what this ring can't read. */
  get holdsOnlyUnknown(): boolean {
    return this.byAge.length === 0 && this.#isUnknown;
  }

  /** True when the next sector has been erased and has its header. */
  get isNextPrepared(): boolean {
    return this.#order === undefined ? this.#isNextPrepared : this.#prepared !== undefined;
  }

  /** Address of the sector that was prepared to take records next; undefined when none was. */
  get preparedAddress(): number | undefined {
    return this.byAge.length > 0 && this.#prepared !== undefined ? this.addressOf(this.#prepared) : undefined;
  }

  /** Spares reading the headers until a sector other than the head matters. */
  assumeHead(sector: number, isNextPrepared: boolean): void {
    this.#assumedHead = sector;
    this.#isNextPrepared = isNextPrepared;
    this.#order = undefined;
    this.#prepared = undefined;
  }

  /** Takes back what was assumed. */
  forgetHead(): void {
    this.#assumedHead = undefined;
    this.#isNextPrepared = false;
    this.#order = undefined;
    this.#prepared = undefined;
  }

  /**
   * Forgets a head that holds no records: whoever prepared it may have lost power while doing so, and it is
   * erased anew before it is used.
   */
  dropEmptyHead(): void {
    this.byAge.shift();
  }

  /**
   * Begins the next sector, but never erases `newest`, the sector that holds the newest record; a full head that
   * holds nothing to be read comes last. A sector that can't be erased is passed over, at no cost; one that can be
   * erased but takes no header is passed over once.
   */
  advance(newest: number | undefined): boolean {
    const order = this.byAge;
    let lost = 0;
    for (let step = 1; this.#prepared === undefined && step <= this.sectorCount; step++) {
      const sector = this.sectorAhead(step);
      if (sector === newest) continue;
      if (this.prepare(sector) === "lost" && ++lost === mostLostSectors) return false;
    }
    if (this.#prepared === undefined) return false;
    order.unshift(this.#prepared);
    this.#prepared = undefined;
    this.#assumedHead = undefined;
    return true;
  }

  /** Prepares the sector that is next in turn, unless that was done before. */
  prepareNext(): void {
    const order = this.byAge;
    if (this.#prepared === undefined && order.length > 0) this.prepare(this.sectorAhead(1));
  }

  private get byAge(): number[] {
    this.#order ??= this.readHeaders();
    return this.#order;
  }

  private sectorAhead(step: number): number {
    const head = this.byAge[0];
    return head === undefined ? step - 1 : (head + step) % this.sectorCount;
  }

  /** `kept`: could not be erased. `lost`: erased, but it takes no header. */
  private prepare(sector: number): "prepared" | "kept" | "lost" {
    const isErased = this.erase(sector);
    const index = this.byAge.indexOf(sector);
    if (index >= 0) {
      this.byAge.splice(index, 1);
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
    const order: number[] = [];
    const generations = new Map<number, number>();
    const header = new Uint8Array(recordByteLength);
    const again = new Uint8Array(recordByteLength);
    for (let sector = 0; sector < this.sectorCount; sector++) {
      const address = this.addressOf(sector);
      if (!this.#flash.read(address, header)) continue;
      this.#isUnknown ||= !isBlank(header);
      if (header[0] !== headerMark || header[1] !== formatVersion) continue;
      if (header[2] !== this.#kind || !isSealedRecord(header)) continue;
      // A header that was being programmed when the power failed may read differently each time.
      if (!this.#flash.read(address, again) || !areEqual(header, again)) continue;
      const generation = sequenceOf(header);
      generations.set(sector, generation);
      this.#lastGeneration = Math.max(this.#lastGeneration, generation);
      this.#hasComeRound ||= header[comeRoundOffset] === 0 || generation > this.sectorCount;
      order.push(sector);
    }
    order.sort((one, other) => (generations.get(other) ?? 0) - (generations.get(one) ?? 0));
    return this.#assumedHead === undefined ? order : this.behindAssumedHead(order, this.#assumedHead);
  }

  /** In front of the head there may stand the sector that was prepared in an earlier run. */
  private behindAssumedHead(order: number[], head: number): number[] {
    const index = order.indexOf(head);
    if (this.#isNextPrepared && index === 1) this.#prepared = order[0];
    return [head, ...order.slice(index + 1)];
  }

  private writeHeader(sector: number): boolean {
    const header = new Uint8Array(recordByteLength).fill(0xff);
    header[0] = headerMark;
    header[1] = formatVersion;
    header[2] = this.#kind;
    if (this.#hasComeRound) header[comeRoundOffset] = 0;
    writeUnsigned(header, sequenceOffset, 4, this.#lastGeneration + 1);
    sealRecord(header);
    const check = new Uint8Array(recordByteLength);
    const address = this.addressOf(sector);
    if (!this.#flash.program(address, header)) return false;
    if (!this.#flash.read(address, check) || !areEqual(check, header)) return false;
    this.#lastGeneration++;
    return true;
  }

  private erase(sector: number): boolean {
    const address = this.addressOf(sector);
    if (!this.#flash.erase(address)) return false;
    const chunk = new Uint8Array(chunkByteLength);
    for (let offset = 0; offset < this.#sectorByteLength; offset += chunkByteLength)
      if (!this.#flash.read(address + offset, chunk) || !isBlank(chunk)) return false;
    return true;
  }
}
