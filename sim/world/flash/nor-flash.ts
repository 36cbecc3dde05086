/** The firmware broke a rule of NOR flash: a defect of the firmware, which ends the simulation. */
export class FlashViolation extends Error {
  override readonly name = "FlashViolation";
  readonly code = "flash-violation";
  /** First byte that had not been erased, in bytes from the start of the partition. */
  readonly address: number;

  constructor(address: number) {
    super(`programmed at ${address}, which was not erased`);
    this.address = address;
  }
}

export interface NorFlashOptions {
  /** A multiple of `sectorByteLength`. */
  readonly byteLength: number;
  readonly sectorByteLength?: number;
  /** Programming is aligned to this and comes in multiples of it; 16 is what ESP32 flash encryption asks for. */
  readonly programByteLength?: number;
  /** True where bits are cleared in place, as stores with state flags do; false makes that a violation. */
  readonly allowsReprogramming?: boolean;
}

export interface FlashCounters {
  readonly programs: number;
  readonly erases: number;
  /** Wear: one number for each sector. */
  readonly erasesBySector: Uint32Array;
}

/**
 * An area of NOR flash. Erasing sets a sector to 0xFF; programming only clears bits. Addresses are in bytes; one
 * that is out of bounds or out of alignment throws a `RangeError`, as `hal/flash.ts` wants it.
 */
export class NorFlash {
  readonly byteLength: number;
  readonly sectorByteLength: number;
  readonly programByteLength: number;
  /** The cells themselves, not a copy. */
  readonly image: Uint8Array;
  #allowsReprogramming: boolean;
  #programs = 0;
  #erases = 0;
  #erasesBySector: Uint32Array;

  constructor(options: NorFlashOptions) {
    const { byteLength, sectorByteLength = 4096, programByteLength = 16 } = options;
    requireMultiple(programByteLength, 1, "programByteLength");
    requireMultiple(sectorByteLength, programByteLength, "sectorByteLength");
    requireMultiple(byteLength, sectorByteLength, "byteLength");
    this.byteLength = byteLength;
    this.sectorByteLength = sectorByteLength;
    this.programByteLength = programByteLength;
    this.#allowsReprogramming = options.allowsReprogramming ?? false;
    this.image = new Uint8Array(byteLength).fill(0xff);
    this.#erasesBySector = new Uint32Array(byteLength / sectorByteLength);
  }

  get counters(): FlashCounters {
    return { programs: this.#programs, erases: this.#erases, erasesBySector: this.#erasesBySector.slice() };
  }

  /** A copy of `byteLength` bytes from `address`. */
  read(address: number, byteLength: number): Uint8Array {
    this.#require(address, byteLength, 1);
    return this.image.slice(address, address + byteLength);
  }

  /** Fills `target` from `address`. */
  readInto(address: number, target: Uint8Array): void {
    const { byteLength } = target;
    if (!(Number.isInteger(address) && address >= 0 && address + byteLength <= this.byteLength))
      this.#require(address, byteLength, 1);
    if (byteLength > 64) target.set(this.image.subarray(address, address + byteLength));
    else
      for (let index = 0; index < byteLength; index++) target[index] = this.image[address + index] as number;
  }

  /** Takes over cells and counters from `other`, which has the same geometry. */
  copyFrom(other: NorFlash): void {
    this.image.set(other.image);
    this.#erasesBySector.set(other.#erasesBySector);
    this.#programs = other.#programs;
    this.#erases = other.#erases;
  }

  /**
   * Clears the bits that are 0 in `bytes`.
   * @throws {FlashViolation} when part of the area was not erased; the bits are cleared all the same, as in the chip.
   */
  program(address: number, bytes: Uint8Array): boolean {
    this.#require(address, bytes.byteLength, this.programByteLength);
    const area = this.image.subarray(address, address + bytes.byteLength);
    const dirty = area.findIndex((cell) => cell !== 0xff);
    bytes.forEach((byte, index) => (area[index] = (area[index] as number) & byte));
    this.#programs++;
    if (dirty >= 0 && !this.#allowsReprogramming) throw new FlashViolation(address + dirty);
    return true;
  }

  /** Erases the sector that starts at `address`. */
  erase(address: number): boolean {
    this.#require(address, this.sectorByteLength, this.sectorByteLength);
    this.image.fill(0xff, address, address + this.sectorByteLength);
    const sector = address / this.sectorByteLength;
    this.#erasesBySector[sector] = (this.#erasesBySector[sector] as number) + 1;
    this.#erases++;
    return true;
  }

  #require(address: number, byteLength: number, alignment: number): void {
    if (!(Number.isInteger(address) && Number.isInteger(byteLength) && address >= 0 && byteLength >= 0))
      throw new RangeError(`flash access ${address}+${byteLength} is not in whole bytes`);
    if (address + byteLength > this.byteLength)
      throw new RangeError(`flash access ${address}+${byteLength} is outside the ${this.byteLength} bytes`);
    if (address % alignment !== 0 || byteLength % alignment !== 0)
      throw new RangeError(`flash access ${address}+${byteLength} is not aligned to ${alignment}`);
  }
}

function requireMultiple(value: number, unit: number, name: string): void {
  if (!Number.isInteger(value) || value <= 0 || value % unit !== 0)
    throw new RangeError(`${name} must be a positive multiple of ${unit}`);
}
