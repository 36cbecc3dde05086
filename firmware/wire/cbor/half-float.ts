const infinityBits = 0x7c00;
const notANumberBits = 0x7e00;

/** 2^-24, the smallest number above zero: the unit of subnormal numbers and of the smallest normal ones. */
const smallestUnit = 1 / 16_777_216;

/** The 16 bits of IEEE 754 binary16 that hold `value` exactly; undefined when there are none. */
export function halfFloatBits(value: number): number | undefined {
  if (Number.isNaN(value)) return notANumberBits;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return sign | infinityBits;
  if (magnitude >= 65536) return undefined;

  let unit = smallestUnit;
  let doublings = 0;
  while (magnitude >= 2048 * unit) {
    unit *= 2;
    doublings++;
  }
  const significand = magnitude / unit;
  if (significand !== Math.floor(significand)) return undefined;
  // A normal number's hidden bit, 1024, adds the one by which its exponent field exceeds the doublings.
  return sign | ((doublings << 10) + significand);
}

/** The number that 16 bits of IEEE 754 binary16 stand for. */
export function halfFloatValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * smallestUnit;
  let unit = smallestUnit;
  for (let doublings = 1; doublings < exponent; doublings++) unit *= 2;
  return sign * (0x400 + fraction) * unit;
}
