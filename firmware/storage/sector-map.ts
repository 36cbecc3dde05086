import type { FlashPartition } from "../../hal/flash.js";
import { isSealedRecord, recordByteLength, sealRecord, sequenceOffset, viewOf } from "./record.js";

/** First byte of every sector header; the next are the format's version and the ring's kind. */
const headerMark = 0x54;
const formatVersion = 1;

/**
 * Which sectors of a ring hold records, and in what order. Each sector in use starts with a sealed header
 * that carries its generation, one more than its predecessor's; sectors without one are free.
 */
export class SectorMap {
  readonly sectorCount: number;
  #flash: FlashPartition;
  #firstAddress: number;
  #sectorByteLength: number;
  #kind: number;
  /** Sector numbers, newest generation first; undefined until somebody needs it. */
  #order: number[] | undefined;
  #assumedHead: number | undefined;
  #headGeneration = 0;
  /** The sector known to be blank and next in turn; undefined when that is not known. */
  #erased: number | undefined;

  constructor(flash: FlashPartition, firstSector: number, sectorCount: number, kind: number) {
    this.#flash = flash;
    this.#sectorByteLength = flash.geometry.sectorByteLength;
    this.#firstAddress = firstSector * this.#sectorByteLength;
    this.sectorCount = sectorCount;
    this.#kind = kind;
  }

  /** The sector that takes new records. */
  get headSector(): number {
    return this.#assumedHead ?? this.#byAge[0] ?? 0;
  }

  get headAddress(): number {
    return this.addressOf(this.headSector);
  }

  addressOf(sector: number): number {
    return this.#firstAddress + sector * this.#sectorByteLength;
  }

  /** Spares reading the headers until a sector other than the head matters. */
  assumeHead(sector: number): void {
    this.#assumedHead = sector;
  }

  /** Address of the sector that was begun `age` sectors before the head (0); undefined past the oldest. */
  addressByAge(age: number): number | undefined {
    const sector = this.#byAge[age];
    return sector === undefined ? undefined : this.addressOf(sector);
  }

  /**
   * Begins the next sector: erases it if it was not erased ahead, and writes its header. A sector that cannot
   * be erased or programmed is passed over. The head itself, which may hold the newest record, is never erased.
   */
  advance(): boolean {
    for (let step = 1; step < Math.max(2, this.sectorCount); step++) {
      const sector = this.#sectorAhead(step);
      this.#forget(sector);
      if (sector !== this.#erased && !this.#isErased(sector) && !this.#erase(sector)) continue;
      this.#erased = undefined;
      if (!this.#writeHeader(sector)) continue;
      this.#byAge.unshift(sector);
      this.#assumedHead = undefined;
      return true;
    }
    return false;
  }

  /** Erases the sector that is next in turn, unless it is blank already. */
  eraseAhead(): void {
    const sector = this.#sectorAhead(1);
    if (this.#erased === sector) return;
    this.#forget(sector);
    if (this.#isErased(sector) || this.#erase(sector)) this.#erased = sector;
  }

  #sectorAhead(step: number): number {
    const head = this.#byAge[0];
    return head === undefined ? step - 1 : (head + step) % this.sectorCount;
  }

  get #byAge(): number[] {
    this.#order ??= this.#readHeaders();
    return this.#order;
  }

  #forget(sector: number): void {
    const index = this.#byAge.indexOf(sector);
    if (index > 0) this.#byAge.splice(index, 1);
  }

  #readHeaders(): number[] {
    const order: number[] = [];
    const header = new Uint8Array(recordByteLength);
    const view = viewOf(header);
    const generations = new Map<number, number>();
    for (let sector = 0; sector < this.sectorCount; sector++) {
      if (!this.#flash.read(this.addressOf(sector), header)) continue;
      if (header[0] !== headerMark || header[1] !== formatVersion || header[2] !== this.#kind) continue;
      if (!isSealedRecord(header)) continue;
      generations.set(sector, view.getUint32(sequenceOffset, true));
      order.push(sector);
    }
    order.sort((one, other) => (generations.get(other) ?? 0) - (generations.get(one) ?? 0));
    this.#headGeneration = generations.get(order[0] ?? -1) ?? 0;
    return order;
  }

  #writeHeader(sector: number): boolean {
    const header = new Uint8Array(recordByteLength).fill(0xff);
    header[0] = headerMark;
    header[1] = formatVersion;
    header[2] = this.#kind;
    viewOf(header).setUint32(sequenceOffset, this.#headGeneration + 1, true);
    sealRecord(header);
    if (!this.#flash.program(this.addressOf(sector), header)) return false;
    const check = new Uint8Array(recordByteLength);
    if (!this.#flash.read(this.addressOf(sector), check)) return false;
    for (let index = 0; index < recordByteLength; index++) if (check[index] !== header[index]) return false;
    this.#headGeneration++;
    return true;
  }

  #erase(sector: number): boolean {
    return this.#flash.erase(this.addressOf(sector)) && this.#isErased(sector);
  }

  #isErased(sector: number): boolean {
    const words = new Uint32Array(this.#sectorByteLength / 4);
    if (!this.#flash.read(this.addressOf(sector), new Uint8Array(words.buffer))) return false;
    for (let index = 0; index < words.length; index++) if (words[index] !== 0xffffffff) return false;
    return true;
  }
}
