import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { encodeIntervalBlocks, type IntervalBlock } from "../../../firmware/lwm2m/interval-payload.js";
import { fromHex, toHex } from "../cbor/hex.js";

fc.configureGlobal({ seed: 10266 });

/** Reads blocks through one long string of binary digits: nothing in common with how they were written. */
function decodeBlocks(bytes: Uint8Array): { instanceId: number; bitSizes: number[]; block: IntervalBlock }[] {
  const digits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  let position = 0;
  const take = (bits: number): number => {
    if (position + bits > digits.length) throw new Error("the payload ends inside a block");
    position += bits;
    return parseInt(digits.slice(position - bits, position), 2);
  };
  const blocks = [];
  while (position < digits.length) {
    expect(take(8)).toBe(2);
    const instanceId = take(16);
    const firstTimestampSeconds = take(32);
    const periodSeconds = take(32);
    const intervalCount = take(16);
    const valueCount = take(8);
    const bitSizes = Array.from({ length: valueCount }, () => take(8));
    const values = Array.from({ length: intervalCount }, () => bitSizes.map((bits) => take(bits)));
    while (position % 8 !== 0) expect(take(1)).toBe(0);
    blocks.push({ instanceId, bitSizes, block: { firstTimestampSeconds, periodSeconds, values } });
  }
  return blocks;
}

const uint32 = fc.oneof(fc.nat(7), fc.nat(300), fc.nat(70_000), fc.nat(0xffffffff));
const block: fc.Arbitrary<IntervalBlock> = fc.integer({ min: 1, max: 4 }).chain((valueCount) =>
  fc.record({
    firstTimestampSeconds: fc.nat(0xffffffff),
    periodSeconds: fc.integer({ min: 1, max: 864_000 }),
    values: fc.array(fc.array(uint32, { minLength: valueCount, maxLength: valueCount }), {
      minLength: 1,
      maxLength: 30,
    }),
  }),
);

const hourly = { firstTimestampSeconds: 0x6abef400, periodSeconds: 3600 };

describe("encodeIntervalBlocks", () => {
  it("packs values of 3 and 1 bits behind the header", () => {
    const values = [
      [5, 0],
      [7, 1],
      [0, 0],
    ];
    // 101 0, 111 1, 000 0 and four bits of padding.
    expect(toHex(encodeIntervalBlocks([{ ...hourly, values }], 1))).toBe(
      "02" + "0001" + "6abef400" + "00000e10" + "0003" + "02" + "0301" + "af" + "00",
    );
  });

  it("gives values that are always zero one bit", () => {
    const bytes = encodeIntervalBlocks([{ ...hourly, values: [[0], [0]] }]);
    expect(toHex(bytes.subarray(13))).toBe("01" + "01" + "00");
  });

  it("gives the largest values 32 bits", () => {
    const bytes = encodeIntervalBlocks([
      {
        ...hourly,
        values: [
          [1, 0xffffffff],
          [0, 0x80000000],
        ],
      },
    ]);
    expect(toHex(bytes.subarray(13))).toBe("02" + "0120" + "ffffffffa0000000" + "00");
  });

  it("brings a day of hourly forward and reverse pulses below 50 bytes", () => {
    const values = Array.from({ length: 24 }, (_, hour) => [hour * 40, 0]);
    expect(encodeIntervalBlocks([{ ...hourly, values }])).toHaveLength(16 + (24 * 11) / 8);
  });

  it("appends blocks, each at a byte of its own", () => {
    const later = { ...hourly, firstTimestampSeconds: hourly.firstTimestampSeconds + 7200 };
    const first = encodeIntervalBlocks([{ ...hourly, values: [[3]] }]);
    const second = encodeIntervalBlocks([{ ...later, values: [[1]] }]);
    const both = encodeIntervalBlocks([
      { ...hourly, values: [[3]] },
      { ...later, values: [[1]] },
    ]);
    expect(toHex(both)).toBe(toHex(first) + toHex(second));
  });

  it("is empty when there is nothing new", () => {
    expect(encodeIntervalBlocks([])).toEqual(fromHex(""));
  });

  it("is read back by an independent decoder, in the fewest bits that hold each value", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), fc.nat(0xffff), (blocks, instanceId) => {
        const decoded = decodeBlocks(encodeIntervalBlocks(blocks, instanceId));
        expect(decoded.map((entry) => entry.block)).toEqual(blocks);
        for (const { bitSizes, block: read, instanceId: readId } of decoded) {
          expect(readId).toBe(instanceId);
          bitSizes.forEach((bits, index) => {
            const largest = Math.max(...read.values.map((interval) => interval[index] ?? NaN));
            expect(bits).toBe(largest.toString(2).length);
          });
        }
      }),
    );
  });

  it.each<[string, Partial<IntervalBlock>]>([
    ["a negative value", { values: [[-1]] }],
    ["a value beyond 32 bits", { values: [[2 ** 32]] }],
    ["a fraction", { values: [[0.5]] }],
    ["no interval", { values: [] }],
    ["an interval without values", { values: [[]] }],
    ["intervals of different length", { values: [[1], [1, 2]] }],
    ["more than 65535 intervals", { values: Array.from({ length: 65536 }, () => [0]) }],
    ["a period of nothing", { periodSeconds: 0 }],
    ["a time beyond 32 bits", { firstTimestampSeconds: 2 ** 32 }],
  ])("refuses %s", (_, part) => {
    expect(() => encodeIntervalBlocks([{ ...hourly, values: [[1]], ...part }])).toThrow(RangeError);
  });

  it("refuses an instance beyond 16 bits", () => {
    expect(() => encodeIntervalBlocks([], 65536)).toThrow(RangeError);
  });
});
