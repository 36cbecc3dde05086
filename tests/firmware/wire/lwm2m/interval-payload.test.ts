import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  encodeIntervalBlocks,
  type IntervalBlock,
} from "../../../../firmware/wire/lwm2m/interval-payload.js";
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
    const values = Uint32Array.from({ length: intervalCount * valueCount }, (_, index) =>
      take(bitSizes[index % valueCount] ?? NaN),
    );
    while (position % 8 !== 0) expect(take(1)).toBe(0);
    blocks.push({
      instanceId,
      bitSizes,
      block: { firstTimestampSeconds, periodSeconds, valueCount, values },
    });
  }
  return blocks;
}

const uint32 = fc.oneof(fc.nat(7), fc.nat(300), fc.nat(70_000), fc.nat(0xffffffff));
const block: fc.Arbitrary<IntervalBlock> = fc.integer({ min: 1, max: 4 }).chain((valueCount) =>
  fc.record({
    firstTimestampSeconds: fc.nat(0xffffffff),
    periodSeconds: fc.integer({ min: 1, max: 864_000 }),
    valueCount: fc.constant(valueCount),
    values: fc
      .array(fc.array(uint32, { minLength: valueCount, maxLength: valueCount }), {
        minLength: 1,
        maxLength: 30,
      })
      .map((intervals) => Uint32Array.from(intervals.flat())),
  }),
);

const firstTimestampSeconds = 0x6abef400;

/** A block of hours, each with its values. */
function hourly(...intervals: readonly (readonly number[])[]): IntervalBlock {
  const valueCount = intervals[0]?.length ?? 1;
  return {
    firstTimestampSeconds,
    periodSeconds: 3600,
    valueCount,
    values: Uint32Array.from(intervals.flat()),
  };
}

describe("encodeIntervalBlocks", () => {
  it("packs values of 3 and 1 bits behind the header", () => {
    // 101 0, 111 1, 000 0 and four bits of padding.
    expect(toHex(encodeIntervalBlocks([hourly([5, 0], [7, 1], [0, 0])], 1))).toBe(
      "02" + "0001" + "6abef400" + "00000e10" + "0003" + "02" + "0301" + "af" + "00",
    );
  });

  it("gives values that are always zero one bit", () => {
    const bytes = encodeIntervalBlocks([hourly([0], [0])]);
    expect(toHex(bytes.subarray(13))).toBe("01" + "01" + "00");
  });

  it("gives the largest values 32 bits", () => {
    const bytes = encodeIntervalBlocks([hourly([1, 0xffffffff], [0, 0x80000000])]);
    expect(toHex(bytes.subarray(13))).toBe("02" + "0120" + "ffffffffa0000000" + "00");
  });

  it("brings a day of hourly forward and reverse pulses below 50 bytes", () => {
    const day = Array.from({ length: 24 }, (_, hour) => [hour * 40, 0]);
    expect(encodeIntervalBlocks([hourly(...day)])).toHaveLength(16 + (24 * 11) / 8);
  });

  it("appends blocks, each at a byte of its own", () => {
    const later = { ...hourly([1]), firstTimestampSeconds: firstTimestampSeconds + 7200 };
    const both = encodeIntervalBlocks([hourly([3]), later]);
    expect(toHex(both)).toBe(
      toHex(encodeIntervalBlocks([hourly([3])])) + toHex(encodeIntervalBlocks([later])),
    );
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
            const alike = read.values.filter((_, position) => position % read.valueCount === index);
            const largest = Math.max(...alike);
            expect(bits).toBe(largest.toString(2).length);
          });
        }
      }),
    );
  });

  it.each<[string, Partial<IntervalBlock>]>([
    ["no interval", { values: new Uint32Array(0) }],
    ["an interval without values", { valueCount: 0 }],
    ["half an interval", { valueCount: 2 }],
    ["more than 65535 intervals", { values: new Uint32Array(65536) }],
    ["a period of nothing", { periodSeconds: 0 }],
    ["a time beyond 32 bits", { firstTimestampSeconds: 2 ** 32 }],
  ])("refuses %s", (_, part) => {
    expect(() => encodeIntervalBlocks([{ ...hourly([1]), ...part }])).toThrow(RangeError);
  });

  it("refuses an instance beyond 16 bits", () => {
    expect(() => encodeIntervalBlocks([], 65536)).toThrow(RangeError);
  });
});
