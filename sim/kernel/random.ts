/**
 * Seeded randomness: sfc32 (Chris Doty-Humphrey's small fast counter, PractRand), seeded through a string hash.
 * Every model takes a stream of its own by `fork`, so that drawing more in one does not shift another.
 */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;
  #path: string;

  constructor(seed: number | string) {
    this.#path = String(seed);
    const hash = hashText(this.#path);
    this.#a = hash;
    this.#b = Math.imul(hash, 0x9e3779b1);
    this.#c = ~hash;
    for (let round = 0; round < 15; round++) this.uint32();
  }

  /** An independent stream; equal seeds and labels give equal streams. */
  fork(label: string): Random {
    return new Random(`${this.#path}/${label}`);
  }

  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    return this.uint32() / 0x100000000;
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Uniform integer from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Exponentially distributed with the given mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** Normally distributed (Box-Muller). */
  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.next());
  }

  fill(bytes: Uint8Array): void {
    for (let index = 0; index < bytes.length; index++) bytes[index] = this.uint32() & 0xff;
  }
}

/** FNV-1a over UTF-16 code units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
