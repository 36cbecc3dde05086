import type { Random } from "../../kernel/random.js";
import type { CutWay } from "./cut-ways.js";
import type { WeakCells, WeakManner } from "./weak-cells.js";

/** The unit in which a NOR chip programs: a cut may disturb the whole of it. */
const pageByteLength = 256;

/** The cells that a torn operation works on. */
export interface TornCells {
  readonly image: Uint8Array;
  readonly weak: WeakCells;
}

/** Leaves the cells as programming `bytes` at `address` leaves them when power goes in the given way. */
export function tearProgram(
  { image, weak }: TornCells,
  address: number,
  bytes: Uint8Array,
  { kind, variant }: CutWay,
  random: Random,
): void {
  const clear = (at: number, zeros: number): void => {
    image[at] = (image[at] as number) & ~zeros;
    if (!weak.isEmpty) weak.settle(at, ~zeros & 0xff);
  };
  const each = (action: (at: number, zeros: number, index: number) => void): void => {
    bytes.forEach((byte, index) => {
      action(address + index, ~byte & 0xff, index);
    });
  };
  if (kind === "prefix")
    each((at, zeros, index) => {
      if (index < variant) clear(at, zeros);
    });
  if (kind === "subset")
    each((at, zeros) => {
      clear(at, zeros & (variant === 0 ? random.uint32() : random.uint32() | random.uint32()));
    });
  if (kind === "extra") {
    each((at, zeros) => {
      clear(at, zeros & random.uint32());
    });
    disturbPage(image.byteLength, address, variant, random, clear);
  }
  if (kind !== "weak") return;
  const masks = new Uint8Array(bytes.byteLength);
  each((at, zeros, index) => {
    const weakBits = zeros & weakChoice(variant, random);
    clear(at, zeros & ~weakBits);
    masks[index] = weakBits & (image[at] as number);
  });
  weak.add(address, masks, weakManner(variant));
}

/** Leaves the cells as erasing the sector at `address` leaves them when power goes in the given way. */
export function tearErase(
  { image, weak }: TornCells,
  address: number,
  byteLength: number,
  { kind, variant }: CutWay,
  random: Random,
): void {
  if (kind === "before") return;
  if (kind === "weak") {
    const masks = image.slice(address, address + byteLength);
    masks.forEach((old, index) => (masks[index] = ~old & (variant === 2 ? random.uint32() : 0xff)));
    weak.clear(address, byteLength);
    image.fill(0xff, address, address + byteLength);
    weak.add(address, masks, weakManner(variant));
    return;
  }
  const doneByteLength = kind === "prefix" ? variant : byteLength;
  if (!weak.isEmpty) weak.clear(address, doneByteLength);
  if (kind === "prefix") {
    image.fill(0xff, address, address + doneByteLength);
    return;
  }
  const boundary = random.integer(1, byteLength - 1);
  for (let index = 0; index < byteLength; index++) {
    const at = address + index;
    image[at] = halfErased(variant, image[at] as number, index < boundary, random);
  }
}

/** What became of one byte in an erase that was cut half-way; before it erases, a chip programs all bits to 0. */
function halfErased(variant: number, old: number, isLower: boolean, random: Random): number {
  switch (variant) {
    case 0:
      return random.chance(0.5) ? 0xff : old;
    case 1:
      return (old | random.uint32()) & 0xff;
    case 2:
      return isLower ? (old | random.uint32() | random.uint32()) & 0xff : old;
    case 3:
      return isLower ? old : 0xff;
    default:
      return isLower ? 0x00 : old;
  }
}

/** Clears more bits of the page: a few anywhere, or many of what stands below. */
function disturbPage(
  imageByteLength: number,
  address: number,
  variant: number,
  random: Random,
  clear: (at: number, zeros: number) => void,
): void {
  const start = address - (address % pageByteLength);
  const end = Math.min(start + pageByteLength, imageByteLength);
  if (variant === 0) {
    const count = random.integer(1, 8);
    for (let bit = 0; bit < count; bit++) clear(random.integer(start, end - 1), 1 << random.integer(0, 7));
    return;
  }
  for (let at = start; at < address; at++) clear(at, random.uint32() & random.uint32() & 0xff);
}

const weakManners: readonly WeakManner[] = Object.freeze([
  "one-first",
  "zero-first",
  "chance",
  "late",
  "fleeting",
  "later",
]);

/** Which of the bits to clear stay weak: all, half of them, or few where each shows what it wants. */
function weakChoice(variant: number, random: Random): number {
  if (variant === 0) return 0xff;
  if (variant !== 2) return random.uint32() & 0xff;
  return random.uint32() & random.uint32() & random.uint32() & random.uint32() & random.uint32();
}

function weakManner(variant: number): WeakManner {
  return weakManners[variant] ?? "chance";
}
