/**
 * How weak bits show. All flip with each read, beginning with 0 or with 1; or each read gives what chance wants; or
 * they stay the same while the application runs, and show as 0 in every second start (`late`), every third (`later`) or
 * in the first and every second from then on (`fleeting`).
 */
export type WeakManner = "zero-first" | "one-first" | "chance" | "late" | "later" | "fleeting";

/** An area with weak bits; one number for each byte. */
interface WeakArea {
  readonly address: number;
  readonly manner: WeakManner;
  /** The bits that are neither surely 0 nor surely 1. */
  readonly masks: Uint8Array;
  /** 1 for a byte that was read an odd number of times. */
  readonly parities: Uint8Array;
  /** Starts of the application since the area became weak. */
  starts: number;
}

/**
 * Cells that an interrupted operation left between 0 and 1. They count as 1 in the cells' image, and a read may
 * show them as 0 until they are programmed or erased properly.
 */
export class WeakCells {
  #areas: WeakArea[] = [];
  #state = 0x9e3779b9;

  get isEmpty(): boolean {
    return this.#areas.length === 0;
  }

  /** The bits that are 1 in `masks` become weak, from `address` on. */
  add(address: number, masks: Uint8Array, manner: WeakManner): void {
    if (masks.some((mask) => mask !== 0))
      this.#areas.push({
        address,
        manner,
        masks,
        parities: new Uint8Array(masks.length),
        starts: 0,
      });
  }

  /** The application starts. */
  noteStart(): void {
    for (const area of this.#areas) area.starts++;
  }

  /** Lets the weak bits show in `target`, which was read from `address`. */
  disturb(address: number, target: Uint8Array): void {
    for (const area of this.#areas) {
      const { start, end } = overlap(area, address, target.byteLength);
      for (let index = start; index < end; index++) {
        const mask = area.masks[index] as number;
        if (mask === 0) continue;
        const at = area.address + index - address;
        target[at] = (target[at] as number) & ~(mask & this.#zeros(area, index));
      }
    }
  }

  /** A byte was programmed: the bits that are 0 in it are no longer weak. */
  settle(address: number, byte: number): void {
    for (const { address: first, masks } of this.#areas) {
      const index = address - first;
      if (index >= 0 && index < masks.length) masks[index] = (masks[index] as number) & byte;
    }
  }

  /** The area was erased. */
  clear(address: number, byteLength: number): void {
    for (const area of this.#areas) {
      const { start, end } = overlap(area, address, byteLength);
      if (start < end) area.masks.fill(0, start, end);
    }
    this.#areas = this.#areas.filter(({ masks }) => masks.some((mask) => mask !== 0));
  }

  copyFrom(other: WeakCells): void {
    this.#state = other.#state;
    this.#areas = other.#areas.map((area) => ({
      ...area,
      masks: area.masks.slice(),
      parities: area.parities.slice(),
    }));
  }

  /** The bits that this read shows as 0. */
  #zeros({ manner, parities, starts }: WeakArea, index: number): number {
    if (manner === "chance") return this.#draw();
    if (manner === "late") return starts % 2 === 0 ? 0xff : 0;
    if (manner === "later") return starts % 3 === 0 ? 0xff : 0;
    if (manner === "fleeting") return starts % 2 === 1 ? 0xff : 0;
    const isOdd = parities[index] === 1;
    parities[index] = isOdd ? 0 : 1;
    return isOdd === (manner === "one-first") ? 0xff : 0;
  }

  /** Eight bits of a xorshift32: state that is one number is cheap to copy. */
  #draw(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 11) & 0xff;
  }
}

/** The part of `area` that lies in the given range, as indices. */
function overlap(area: WeakArea, address: number, byteLength: number): { start: number; end: number } {
  const start = Math.max(0, address - area.address);
  return { start, end: Math.min(area.masks.length, address + byteLength - area.address) };
}
