import { readUnsigned, writeUnsigned } from "../../../hal/base/bytes.js";

/** Bytes that one ring's position takes in retained memory. */
export const positionByteLength = 4;

/** Set in the sector's byte when the sector behind it has been erased and has its header. */
const preparedFlag = 0x80;

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
    return (this.#bytes[this.#offset] as number) & ~preparedFlag;
  }

  /**
   * True when the next sector was prepared since the last reset. Its header alone does not say so: one that was
   * being programmed when power failed may be there today and gone tomorrow.
   */
  get isNextPrepared(): boolean {
    return ((this.#bytes[this.#offset] as number) & preparedFlag) !== 0;
  }

  /** 0 when nothing is noted. */
  get nextSlot(): number {
    return this.#bytes[this.#offset + 1] as number;
  }

  get sequence(): number {
    return readUnsigned(this.#bytes, this.#offset + 2, 2);
  }

  note(sector: number, nextSlot: number, sequence: number, isNextPrepared: boolean): void {
    this.#bytes[this.#offset] = sector | (isNextPrepared ? preparedFlag : 0);
    this.#bytes[this.#offset + 1] = nextSlot;
    writeUnsigned(this.#bytes, this.#offset + 2, 2, sequence & 0xffff);
  }
}
