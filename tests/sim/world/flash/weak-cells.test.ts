import { describe, expect, it } from "@jest/globals";
import { WeakCells, type WeakManner } from "../../../../sim/world/flash/weak-cells.js";

/** One byte whose low four bits are weak, read twice in each of `starts` starts. */
function readings(manner: WeakManner, starts: number): number[] {
  const cells = new WeakCells();
  cells.add(0, Uint8Array.of(0x0f), manner);
  return Array.from({ length: starts * 2 }, (_, index) => {
    if (index % 2 === 0) cells.noteStart();
    const target = Uint8Array.of(0xff);
    cells.disturb(0, target);
    return target[0] as number;
  });
}

describe("weak bits", () => {
  it.each<[string, WeakManner, number[]]>([
    ["flip with each read", "zero-first", [0xf0, 0xff, 0xf0, 0xff]],
    ["flip with each read", "one-first", [0xff, 0xf0, 0xff, 0xf0]],
    ["show in every second start", "late", [0xff, 0xff, 0xf0, 0xf0, 0xff, 0xff]],
    ["show in every third start", "later", [0xff, 0xff, 0xff, 0xff, 0xf0, 0xf0, 0xff, 0xff]],
    ["are gone at the second start", "fleeting", [0xf0, 0xf0, 0xff, 0xff, 0xf0, 0xf0]],
  ])("%s (%s)", (_what, manner, expected) => {
    expect(readings(manner, expected.length / 2)).toEqual(expected);
  });

  it("show the same in a copy", () => {
    const cells = new WeakCells();
    cells.add(0, Uint8Array.of(0xff), "late");
    cells.noteStart();
    const copy = new WeakCells();
    copy.copyFrom(cells);
    copy.noteStart();
    const [original, copied] = [Uint8Array.of(0xff), Uint8Array.of(0xff)];
    cells.disturb(0, original);
    copy.disturb(0, copied);
    expect([original[0], copied[0]]).toEqual([0xff, 0]);
  });

  it("are firm again once they are programmed or erased", () => {
    const cells = new WeakCells();
    cells.add(0, Uint8Array.of(0xff, 0xff), "fleeting");
    cells.noteStart();
    cells.settle(0, 0x0f);
    const target = Uint8Array.of(0xff, 0xff);
    cells.disturb(0, target);
    expect([...target]).toEqual([0xf0, 0]);
    cells.clear(0, 2);
    expect(cells.isEmpty).toBe(true);
  });
});
