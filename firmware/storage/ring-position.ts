/** Bytes that one ring's position takes in retained memory. */
export const positionByteLength = 4;

/**
 * Where a ring stood when it was last written: sector, next slot and the low 16 bits of the newest sequence
 * number. Kept in retained memory, which outlives sleep; a ring believes it only where flash agrees.
 */
export class RingPosition {
  #bytes: Uint8Array;
  #offset: number;

  /** Works in place on 4 of `bytes`. */
  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.#offset = offset;
  }

  get sector(): number {
    return this.#bytes[this.#offset] as number;
  }

  /** 0 when nothing is noted. */
  get nextSlot(): number {
    return this.#bytes[this.#offset + 1] as number;
  }

  get sequence(): number {
    const high = this.#bytes[this.#offset + 3] as number;
    return (this.#bytes[this.#offset + 2] as number) | (high << 8);
  }

  note(sector: number, nextSlot: number, sequence: number): void {
    this.#bytes[this.#offset] = sector;
    this.#bytes[this.#offset + 1] = nextSlot;
    this.#bytes[this.#offset + 2] = sequence & 0xff;
    this.#bytes[this.#offset + 3] = (sequence >>> 8) & 0xff;
  }
}
