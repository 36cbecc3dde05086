import { describe, expect, it } from "@jest/globals";
import { decodeIntervalBlocks } from "../../../sim/head-end/interval-blocks.js";

function decode(hex: string): ReturnType<typeof decodeIntervalBlocks> {
  return decodeIntervalBlocks(Buffer.from(hex.replaceAll(" ", ""), "hex"));
}

// Format 2, class 1, 900 s; the first interval ends at 2026-01-01T00:00:00Z (0x6955b900).
const header = "02 0001 6955b900 00000384";

describe("packed interval blocks", () => {
  it("unpack values most significant bit first", () => {
    // Three intervals of two values of 5 bits: 1/0, 31/2, 16/0:
    // 00001 00000 11111 00010 10000 00000, and two bits of padding.
    expect(decode(`${header} 0003 02 05 05  08 3e 28 00`)).toEqual({
      ok: true,
      value: [
        {
          readingClass: 1,
          startEpochSeconds: 1_767_225_600 - 900,
          periodSeconds: 900,
          deltas: [
            { forward: 1, reverse: 0 },
            { forward: 31, reverse: 2 },
            { forward: 16, reverse: 0 },
          ],
        },
      ],
    });
  });

  it("unpack 32-bit values without a sign", () => {
    const decoded = decode(`${header} 0001 02 20 20  ffffffff 80000001`);
    expect(decoded.ok && decoded.value[0]?.deltas).toEqual([{ forward: 0xffffffff, reverse: 0x80000001 }]);
  });

  it("give forward and reverse as many bits as each needs", () => {
    // 1111111 0, 0000001 1.
    const decoded = decode(`${header} 0002 02 07 01  fe 03`);
    expect(decoded.ok && decoded.value[0]?.deltas).toEqual([
      { forward: 127, reverse: 0 },
      { forward: 1, reverse: 1 },
    ]);
  });

  it("may hold the forward register alone", () => {
    const decoded = decode(`${header} 0002 01 04  a3`);
    expect(decoded.ok && decoded.value[0]?.deltas).toEqual([
      { forward: 10, reverse: undefined },
      { forward: 3, reverse: undefined },
    ]);
  });

  it("need no bits for intervals without flow", () => {
    const decoded = decode(`${header} 0060 02 00 00`);
    expect(decoded.ok && decoded.value[0]?.deltas).toEqual(
      Array.from({ length: 96 }, () => ({ forward: 0, reverse: 0 })),
    );
  });

  it("follow one another, each beginning on a byte", () => {
    const decoded = decode(`${header} 0001 01 03 a0  02 0007 6955c000 00000e10 0001 01 08 ff`);
    expect(decoded.ok && decoded.value).toEqual([
      expect.objectContaining({ readingClass: 1, deltas: [{ forward: 5, reverse: undefined }] }),
      {
        readingClass: 7,
        startEpochSeconds: 0x6955c000 - 3600,
        periodSeconds: 3600,
        deltas: [{ forward: 255, reverse: undefined }],
      },
    ]);
  });

  it.each([
    ["nothing", ""],
    ["a header cut short", `${header} 0001 01`],
    ["values cut short", `${header} 0003 02 05 05 08 3e 28`],
    ["padding that is not zero", `${header} 0003 02 05 05 08 3e 28 01`],
    ["a byte too many", `${header} 0003 02 05 05 08 3e 28 00 00`],
    ["another format", `03 0001 6955b900 00000384 0001 01 08 05`],
    ["a period of 0", `02 0001 6955b900 00000000 0001 01 08 05`],
    ["three values for each interval", `${header} 0001 03 08 08 08 050505`],
    ["33 bits for each value", `${header} 0001 01 21 0000000000`],
  ])("refuse %s", (_name, hex) => {
    expect(decode(hex)).toMatchObject({ ok: false, code: "interval-block" });
  });
});
