import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { buildHarness } from "./two-decoders.js";

let program = "";
beforeAll(() => {
  program = buildHarness();
});
afterAll(() => {
  rmSync(program);
});

/** Commands for the harness, as decoder-harness.c has them. */
type Command = readonly [letter: string, ...numbers: number[]];

/** Runs the commands; returns every u32 that the harness writes. `n` and `p` take a byte, all others words. */
function play(...commands: readonly Command[]): number[] {
  const start: Command = ["s", 1, 1, 3000, 10, 0, 0];
  const pieces = [bytesOf(start), Buffer.from([0])];
  for (const command of commands) pieces.push(bytesOf(command));
  const { stdout, status } = spawnSync(program, { input: Buffer.concat(pieces) });
  expect(status).toBe(0);
  return Array.from({ length: stdout.length / 4 }, (_, index) => stdout.readUInt32LE(4 * index));
}

function bytesOf([letter, ...numbers]: Command): Buffer {
  if (letter === "p") return Buffer.from([letter.charCodeAt(0), ...numbers]);
  return Buffer.concat([Buffer.from(letter), Buffer.from(Uint32Array.from(numbers).buffer)]);
}

const polls = (...contacts: number[]): Command[] => contacts.map((state) => ["p", state]);
const turn = polls(1, 3, 2, 0);

/** Words of the decoder's memory. */
const layout = 0;
const sequence = 1;
const forward = 2;
const reverse = 3;
/** The counters, each three times. */
const counters = [forward, 21, 22, reverse, 23, 24];
const quarterTurns = 18;
const forwardWords = counters.slice(0, 3);

describe("a snapshot of the decoder's counters", () => {
  it("is refused while they are being written", () => {
    expect(play(["w", sequence, 7], ["r"])[0]).toBe(0);
    expect(play(["w", sequence, 8], ["r"])[0]).toBe(1);
  });

  it("is given after any number of polls: a write leaves the sequence word even and another one", () => {
    expect(play(...turn, ["r"]).slice(0, 2)).toEqual([1, 1]);
    expect(play(["w", sequence, 0xffff_fffe], ...turn, ...turn, ["r"]).slice(0, 2)).toEqual([1, 2]);
  });
});

describe("memory that outlived a reset", () => {
  it("is taken over with its counters, though a write was cut short", () => {
    const cut: Command[] = [
      ["w", forward, 3],
      ["w", sequence, 3],
    ];
    const [resumed, , counted] = play(...turn, ...turn, ...cut, ["e"], ...turn, ["r"]);
    expect([resumed, counted]).toEqual([1, 4]);
  });

  it("is refused, and left as it is, when its layout is another", () => {
    const [resumed, read] = play(["w", layout, 0x5044_0001], ["w", sequence, 3], ["e"], ["r"]);
    expect([resumed, read]).toEqual([0, 0]);
  });
});

describe("a bit that the memory flips", () => {
  const counted = [...turn, ...turn, ...turn, ...polls(2, 3, 1, 0)];

  it.each(counters)(
    "in word %d of the counters is in no reading, before the next pulse and behind it",
    (word) => {
      for (let bit = 0; bit < 32; bit++) {
        const flipped = ((word === reverse || word > 22 ? 1 : 3) ^ (1 << bit)) >>> 0;
        const [, before, , , , , , , after] = play(
          ...counted,
          ["w", word, flipped],
          ["r"],
          ...turn,
          ["w", word === forward ? 21 : forward, 0],
          ["r"],
        );
        expect([before, after]).toEqual([3, 4]);
      }
    },
  );

  it("in a counter is not taken for a pulse where a write was cut short", () => {
    for (let bit = 1; bit < 32; bit++) {
      const wrong: Command[] = [
        ["w", forward, (3 ^ (1 << bit)) >>> 0],
        ["w", sequence, 3],
      ];
      expect(play(...counted, ...wrong, ["e"], ["r"]).slice(0, 3)).toEqual([1, 1, 3]);
    }
  });

  it("in one register's counter is put right by a pulse of the other", () => {
    const [, forwardPulses, reversePulses] = play(
      ...counted,
      ["w", reverse, 5],
      ...turn,
      ["w", 23, 5],
      ...turn,
      ["r"],
    );
    expect([forwardPulses, reversePulses]).toEqual([5, 1]);
  });

  it("in the number of quarter turns costs a pulse at most", () => {
    for (let bit = 0; bit < 32; bit++) {
      const [, count] = play(...counted, ["w", quarterTurns, (1 << bit) >>> 0], ...turn, ...turn, ...turn, [
        "r",
      ]);
      expect(Math.abs((count ?? NaN) - 6)).toBeLessThanOrEqual(1);
    }
  });

  it("in the sequence keeps readers out for a poll at most", () => {
    expect(play(...counted, ["w", sequence, 0x1001], ["r"])[0]).toBe(0);
    expect(play(...counted, ["w", sequence, 0x1001], ...polls(0), ["r"]).slice(0, 2)).toEqual([1, 3]);
  });

  it("in a counter does not come into a mark", () => {
    expect(play(...counted, ["w", forward, 0x4000_0003], ["k", 5])).toEqual([0]);
    expect(play(...counted, ["w", forward, 0x4000_0003], ["k", 4])).toEqual([1]);
  });

  it("in a counter is gone after a reset, and in the mark of the layout is put right", () => {
    const wrong: Command[] = [
      ["w", forward, 0x1003],
      ["w", layout, 0x5044_0006],
    ];
    const [resumed, , count] = play(...counted, ...wrong, ["e"], ["w", 21, 0], ["r"]);
    expect([resumed, count]).toEqual([1, 3]);
    expect(play(...wrong, ["e"], ["w", layout, 0x5044_0003], ["e"])).toEqual([1, 1]);
  });
});

describe("options that another core asks for", () => {
  const single: Command = ["q", 1, 0, 2, 3000, 10];

  it("are adopted once, when their number is a new one", () => {
    // A single reed with a debounce of two polls counts contact A alone.
    expect(play(single, ...polls(1, 0, 1, 1), ["r"])[1]).toBe(1);
    expect(play(single, ["c", 1, 1, 3000, 10], single, ...polls(1, 1, 0), ["r"])[1]).toBe(0);
  });

  it("are not adopted under the number that the decoder starts with", () => {
    expect(play(["q", 0, 0, 1, 3000, 10], ...polls(1), ["r"])[1]).toBe(0);
  });
});

describe("a mark", () => {
  it.each([
    [0, 0, 1],
    [2, 2, 1],
    [3, 2, 0],
    [0xffff_ffff, 2, 1],
  ])("of %d is reached, or not, by a total of %d: %d", (mark, total, reached) => {
    const turns = Array.from({ length: total }, () => turn).flat();
    expect(play(...turns, ["k", mark])).toEqual([reached]);
  });

  it("is reached by forward and reverse pulses together, over the wrap", () => {
    const back = polls(2, 3, 1, 0);
    const nearWrap = forwardWords.map((word): Command => ["w", word, 0xffff_ffff]);
    expect(play(...nearWrap, ["k", 1])).toEqual([0]);
    expect(play(...nearWrap, ...turn, ...back, ["k", 1])).toEqual([1]);
  });
});
