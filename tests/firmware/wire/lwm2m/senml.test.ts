import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { CborEncoder } from "../../../../firmware/wire/cbor/encoder.js";
import {
  type SenmlRecord,
  type SenmlValue,
  writeSenmlRecord,
} from "../../../../firmware/wire/lwm2m/senml.js";
import { fromHex, toHex } from "../cbor/hex.js";
import { oracleDecode } from "../cbor/oracle.js";

fc.configureGlobal({ seed: 8428 });

const ascii = fc.string({ unit: "binary-ascii", maxLength: 30 });
/** Times; zero has one sign, for a whole number is written as an integer. */
const seconds = fc
  .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true }))
  .map((time) => (time === 0 ? 0 : time));

const value: fc.Arbitrary<SenmlValue> = fc.oneof(
  fc.record({ type: fc.constant("integer" as const), value: fc.maxSafeInteger() }),
  fc.record({ type: fc.constant("float" as const), value: fc.double() }),
  fc.record({ type: fc.constant("string" as const), value: ascii }),
  fc.record({ type: fc.constant("boolean" as const), value: fc.boolean() }),
  fc.record({ type: fc.constant("data" as const), value: fc.uint8Array({ maxLength: 120 }) }),
);

const record: fc.Arbitrary<SenmlRecord> = fc.record(
  { baseName: ascii, baseTime: seconds, name: ascii, unit: ascii, time: seconds, value },
  { requiredKeys: [] },
);

/** RFC 8428, 6: the keys of a record's map. */
const valueKeys = new Map([
  ["integer", 2],
  ["float", 2],
  ["string", 3],
  ["boolean", 4],
  ["data", 8],
]);

function expectedMap(source: SenmlRecord): Map<number, unknown> {
  const map = new Map<number, unknown>();
  if (source.baseName !== undefined) map.set(-2, source.baseName);
  if (source.baseTime !== undefined) map.set(-3, source.baseTime);
  if (source.name !== undefined) map.set(0, source.name);
  if (source.unit !== undefined) map.set(1, source.unit);
  if (source.time !== undefined) map.set(6, source.time);
  if (source.value !== undefined) map.set(valueKeys.get(source.value.type) ?? NaN, source.value.value);
  return map;
}

function encodeSenml(records: readonly SenmlRecord[]): Uint8Array {
  const encoder = new CborEncoder();
  encoder.array(records.length);
  for (const one of records) writeSenmlRecord(encoder, one);
  return encoder.finish();
}

function measured(name: string, unit: string, measurement: number): SenmlRecord {
  return { name, unit, value: { type: "float", value: measurement } };
}

function current(time: number, amperes: number): SenmlRecord {
  return { name: "current", time, value: { type: "float", value: amperes } };
}

describe("writeSenmlRecord", () => {
  it("writes the example of RFC 8428, section 6", () => {
    // The RFC's first record has two fields more that a meter never sends: base unit "A" and version 5.
    const rfc = `87 a7 21 78 1b 75 72 6e 3a 64 65 76 3a 6f 77 3a
      31 30 65 32 30 37 33 61 30 31 30 38 30 30 36 3a
      22 fb 41 d3 03 a1 5b 00 10 62 23 61 41 20 05 00
      67 76 6f 6c 74 61 67 65 01 61 56 02 fb 40 5e 06
      66 66 66 66 66 a3 00 67 63 75 72 72 65 6e 74 06
      24 02 fb 3f f3 33 33 33 33 33 33 a3 00 67 63 75
      72 72 65 6e 74 06 23 02 fb 3f f4 cc cc cc cc cc
      cd a3 00 67 63 75 72 72 65 6e 74 06 22 02 fb 3f
      f6 66 66 66 66 66 66 a3 00 67 63 75 72 72 65 6e
      74 06 21 02 f9 3e 00 a3 00 67 63 75 72 72 65 6e
      74 06 20 02 fb 3f f9 99 99 99 99 99 9a a3 00 67
      63 75 72 72 65 6e 74 06 00 02 fb 3f fb 33 33 33
      33 33 33`;
    const golden = toHex(fromHex(rfc)).replace("87a7", "87a5").replace("2361412005", "");
    const base = { baseName: "urn:dev:ow:10e2073a0108006:", baseTime: 1276020076.001 };
    const records: SenmlRecord[] = [
      { ...base, ...measured("voltage", "V", 120.1) },
      current(-5, 1.2),
      current(-4, 1.3),
      current(-3, 1.4),
      current(-2, 1.5),
      current(-1, 1.6),
      current(0, 1.7),
    ];
    expect(toHex(encodeSenml(records))).toBe(golden);
  });

  it("writes a meter's daily pack", () => {
    const records: SenmlRecord[] = [
      {
        baseName: "/3424/0/",
        baseTime: 1790899200,
        name: "1",
        value: { type: "float", value: 12.5 },
      },
      { name: "10", value: { type: "boolean", value: false } },
    ];
    // [{-2: "/3424/0/", -3: 1790899200, 0: "1", 2: 12.5}, {0: "10", 4: false}]
    expect(toHex(encodeSenml(records))).toBe(
      "82" +
        "a4" +
        "21682f333432342f302f" +
        "221a6abef400" +
        "006131" +
        "02f94a40" +
        "a2" +
        "00623130" +
        "04f4",
    );
  });

  it("keeps an integer apart from a float of the same value", () => {
    const integer = encodeSenml([{ name: "a", value: { type: "integer", value: 3 } }]);
    const float = encodeSenml([{ name: "a", value: { type: "float", value: 3 } }]);
    expect(toHex(integer)).toBe("81a200616102" + "03");
    expect(toHex(float)).toBe("81a200616102" + "f94200");
  });

  it("writes what an independent decoder reads under the RFC's labels", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        const decoded = oracleDecode(encodeSenml(records));
        expect(entriesOf(decoded)).toEqual(records.map((source) => entriesOf(expectedMap(source))));
      }),
    );
  });
});

/** Maps as arrays of entries, so that their order counts. */
function entriesOf(item: unknown): unknown {
  if (item instanceof Map)
    return [...item].map(([key, content]: [unknown, unknown]) => [key, entriesOf(content)]);
  if (Array.isArray(item)) return item.map(entriesOf);
  return item;
}
