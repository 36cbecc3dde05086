import fc from "fast-check";
import type { CborKey, CborValue } from "../../../../firmware/wire/cbor/decoder.js";
import type { CborEncoder } from "../../../../firmware/wire/cbor/encoder.js";

/** Writes any value of our subset; numbers that are not integers, and -0, as floats. */
export function encodeValue(encoder: CborEncoder, value: CborValue): CborEncoder {
  if (typeof value === "boolean") return encoder.boolean(value);
  if (typeof value === "string") return encoder.text(value);
  if (typeof value === "number")
    return Number.isSafeInteger(value) && !Object.is(value, -0)
      ? encoder.integer(value)
      : encoder.float(value);
  if (value instanceof Uint8Array) return encoder.byteString(value);
  if (value instanceof Map) {
    encoder.map(value.size);
    for (const [key, item] of value as Map<CborKey, CborValue>) encodeValue(encodeValue(encoder, key), item);
    return encoder;
  }
  const items = value as readonly CborValue[];
  encoder.array(items.length);
  for (const item of items) encodeValue(encoder, item);
  return encoder;
}

/** The independent encoder writes larger integers as floats, which we refuse as keys. */
const mapKey = fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 });
const ascii = fc.string({ unit: "binary-ascii" });

/** Any value of our subset, nested up to four deep. */
export const cborValue: fc.Arbitrary<CborValue> = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(),
    fc.double(),
    fc.float(),
    fc.boolean(),
    ascii,
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie("value"), { maxLength: 6 }),
    fc
      .array(fc.tuple(fc.oneof(mapKey, ascii), tie("value")), { maxLength: 6 })
      .map((entries) => new Map<CborKey, CborValue>(entries)),
  ),
})).value;
