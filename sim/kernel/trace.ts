import { createHash } from "node:crypto";

const stagingByteLength = 1 << 16;
/** Marks an event in the stream, where calls carry their operation. */
const eventMark = 0x100;

/**
 * The run's trace: every call and event at the HAL's boundary with its time, folded into a SHA-256. Two runs
 * with equal hashes did the same things at the same moments, byte for byte.
 */
export class Trace {
  #hash = createHash("sha256");
  #staging = Buffer.alloc(stagingByteLength);
  #used = 0;

  call(
    ticks: number,
    operation: number,
    a: number,
    b: number,
    c: number,
    bytes: Uint8Array | undefined,
  ): void {
    this.#header(operation, ticks, a, b, c);
    this.#bytes(bytes);
  }

  /** What a call gave back. */
  result(value: number | Uint8Array | undefined): void {
    if (typeof value !== "number") {
      this.#bytes(value);
      return;
    }
    this.#reserve(8);
    this.#used = this.#staging.writeDoubleLE(value, this.#used);
  }

  event(ticks: number, event: number, a: number, b: number): void {
    this.#header(eventMark | event, ticks, a, b, 0);
  }

  /** The hash over all so far, in hexadecimal. */
  digest(): string {
    this.#flush();
    return this.#hash.copy().digest("hex");
  }

  #header(kind: number, ticks: number, a: number, b: number, c: number): void {
    this.#reserve(34);
    let used = this.#staging.writeUInt16LE(kind, this.#used);
    used = this.#staging.writeDoubleLE(ticks, used);
    used = this.#staging.writeDoubleLE(a, used);
    used = this.#staging.writeDoubleLE(b, used);
    this.#used = this.#staging.writeDoubleLE(c, used);
  }

  /** A length in front keeps neighbours apart; -1 stands for none at all. */
  #bytes(bytes: Uint8Array | undefined): void {
    const byteLength = bytes?.byteLength ?? 0;
    this.#reserve(4 + byteLength);
    this.#used = this.#staging.writeInt32LE(bytes ? byteLength : -1, this.#used);
    if (!bytes) return;
    this.#staging.set(bytes, this.#used);
    this.#used += byteLength;
  }

  #reserve(byteLength: number): void {
    if (this.#used + byteLength > stagingByteLength) this.#flush();
  }

  #flush(): void {
    this.#hash.update(this.#staging.subarray(0, this.#used));
    this.#used = 0;
  }
}
