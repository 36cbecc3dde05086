interface WeakByte {
  /** The bits that are neither surely 0 nor surely 1. */
  mask: number;
  /** Whether all of them change with every read, or each read draws them anew. */
  readonly manner: WeakManner;
  /** How many reads went over this byte. */
  reads: number;
}

/** How weak bits show: all flip with each read, beginning with 0 or with 1, or each read gives what chance wants. */
export type WeakManner = "zero-first" | "one-first" | "chance";

/**
 * Cells that an interrupted operation left between 0 and 1. They count as 1 in the cells' image, and a read may
 * show them as 0 until they are programmed or erased properly.
 */
export class WeakCells {
  #bytes = new Map<number, WeakByte>();
  #state = 0x9e3779b9;

  get size(): number {
    return this.#bytes.size;
  }

  add(address: number, mask: number, manner: WeakManner): void {
    if (mask !== 0) this.#bytes.set(address, { mask, manner, reads: 0 });
  }

  /** Lets the weak bits show in `target`, which was read from `address`. */
  disturb(address: number, target: Uint8Array): void {
    for (const [at, weak] of this.#bytes) {
      const index = at - address;
      if (index < 0 || index >= target.byteLength) continue;
      target[index] = (target[index] as number) & ~this.#zeros(weak);
    }
  }

  /** A byte was programmed: the bits that are 0 in it are no longer weak. */
  settle(address: number, byte: number): void {
    const weak = this.#bytes.get(address);
    if (!weak) return;
    weak.mask &= byte;
    if (weak.mask === 0) this.#bytes.delete(address);
  }

  /** The area was erased. */
  clear(address: number, byteLength: number): void {
    for (const at of this.#bytes.keys())
      if (at >= address && at < address + byteLength) this.#bytes.delete(at);
  }

  copyFrom(other: WeakCells): void {
    this.#state = other.#state;
    this.#bytes.clear();
    for (const [address, weak] of other.#bytes) this.#bytes.set(address, { ...weak });
  }

  #zeros(weak: WeakByte): number {
    const isOdd = weak.reads++ % 2 === 1;
    if (weak.manner === "chance") return weak.mask & this.#draw();
    return isOdd === (weak.manner === "one-first") ? weak.mask : 0;
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
