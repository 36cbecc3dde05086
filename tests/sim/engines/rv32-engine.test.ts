import { afterEach, beforeEach, expect, it } from "@jest/globals";

import { PowerCut } from "../../../sim/chip/boundary/power-cut.js";
import { chipBudget } from "../../../sim/engines/rv32/budget.js";
import { chipImage } from "../../../sim/engines/rv32/build-image.js";
import { createRv32Engine } from "../../../sim/engines/rv32/rv32-engine.js";
import { describeOnRv32 } from "../../on-rv32.js";
import { ProcessFixture } from "./process-fixture.js";

let fixture: ProcessFixture;

beforeEach(() => {
  fixture = new ProcessFixture(createRv32Engine);
});

afterEach(() => {
  fixture.close();
});

describeOnRv32("the RV32 machine", () => {
  const numbers = [0, -0, 1, 0.1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, 5e-324, -Infinity, Number.NaN];

  it("carries numbers there and back exactly", async () => {
    const engine = await fixture.handler("for (let n = 0; n < a; n++) call(2, call(1, n));");
    fixture.answer = ({ operation, a }) => (operation === 1 ? numbers[a] : undefined);
    engine.wake(0);
    engine.deliver(2, 0, numbers.length, 0);
    expect(fixture.calls.filter(({ operation }) => operation === 2).map(({ a }) => a)).toEqual(numbers);
  });

  it("carries bytes there and back, of every value", async () => {
    const engine = await fixture.handler("const bytes = call(1); bytes[0] ^= 0xff; call(2, 0, 0, 0, bytes);");
    const content = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7) & 0xff);
    fixture.answer = ({ operation }) => (operation === 1 ? content : undefined);
    engine.wake(0);
    const expected = content.slice();
    expected[0] = 0xff;
    expect(fixture.calls[1]?.bytes).toEqual(expected);
  });

  it("follows imports in its bytecode, and each wake finds the modules as they were loaded", async () => {
    const engine = await fixture.load({
      "root.js":
        'import { list } from "./a/list.js"; export default () => boundaryCall(1, list.push(0), 0, 0, undefined);',
      "a/list.js": "export const list = [];",
    });
    engine.wake(0);
    engine.deliver(2, 0, 0, 0);
    engine.wake(0);
    expect(fixture.calls.map(({ a }) => a)).toEqual([1, 2, 1]);
  });

  it("is left in the middle of a call by a power cut, and the next wake works", async () => {
    const engine = await fixture.handler("try { call(1); call(2); } finally { call(4); }");
    fixture.answer = () => {
      throw new PowerCut("cut");
    };
    engine.wake(0);
    fixture.answer = () => undefined;
    engine.wake(0);
    expect(fixture.calls.map(({ operation }) => operation)).toEqual([1, 1, 2, 4]);
  });

  it("counts the same instructions for the same work, and none for the line", async () => {
    const engine = await fixture.handler("if (event === 2) for (let n = 0; n < a; n++) ; else call(1);");
    const costOf = (loops: number): number => {
      engine.wake(0);
      engine.deliver(2, 0, loops, 0);
      return engine.costs.instructions;
    };
    const [none, some] = [costOf(0), costOf(1000)];
    expect(costOf(0)).toBe(none);
    expect(none).toBeGreaterThan(1000);
    expect(some - none).toBeGreaterThan(50_000);
    expect(some - none).toBeLessThan(400_000);
    fixture.answer = () => new Uint8Array(4000);
    engine.wake(0);
    // To copy a byte into the heap takes less than ten; to take it from the line would take more.
    expect(engine.costs.instructions).toBeLessThan(none + 40_000);
  });

  it.each([
    ["out of memory for slots", "let all; for (;;) all = { all };"],
    ["out of memory for chunks", "const all = []; for (;;) all.push(new Uint8Array(4096));"],
    ["out of stack", "const deeper = () => deeper() + 1; deeper();"],
  ])("panics when it is %s", async (message, greedy) => {
    const engine = await fixture.handler(greedy);
    engine.wake(0);
    expect(fixture.panic).toBe(message);
  });

  it("tells what a run has taken at its peak", async () => {
    const engine = await fixture.handler(
      "if (a > 0) { const all = []; for (let n = 0; n < a; n++) all.push({}); }",
    );
    engine.wake(0);
    const before = engine.costs;
    engine.deliver(2, 0, 100, 0);
    expect(engine.costs.peakSlots - before.peakSlots).toBeGreaterThanOrEqual(100);
    expect(engine.costs.peakChunkBytes).toBeGreaterThan(before.peakChunkBytes);
    expect(engine.costs.peakStackSlots).toBeGreaterThan(5);
    expect(engine.costs.peakStackSlots).toBeLessThan(100);
  });

  it("counts apart what collections spend on the loaded modules", async () => {
    const engine = await fixture.handler("for (let n = 0; n < a; n++) ({ n });");
    const costOf = (objects: number) => {
      engine.wake(0);
      engine.deliver(2, 0, objects, 0);
      return engine.costs;
    };
    const [none, few, many] = [costOf(0), costOf(500), costOf(10_000)];
    expect([none.collections, few.collections]).toEqual([0, 0]);
    expect(many.collections).toBeGreaterThanOrEqual(3);
    expect(many.loadedInstructions).toBeGreaterThan(100_000 * many.collections);
    // Twenty times the work, and what the collections spend on the run itself.
    const work = few.instructions - none.instructions;
    expect(many.instructions - none.instructions).toBeGreaterThan(19 * work);
    expect(many.instructions - none.instructions).toBeLessThan(28 * work);
  });

  it("runs within a budget, and ends a run that needs a few slots more", async () => {
    const greedy = "let all; for (let n = 0; n < a; n++) all = { all };";
    const engine = await fixture.handler(greedy);
    engine.wake(0);
    const { peakSlots } = engine.costs;
    const slotsEach = 2;
    engine.deliver(2, 0, (chipBudget.slots - peakSlots) / slotsEach - 50, 0);
    expect(fixture.panic).toBeUndefined();
    expect(engine.costs.peakSlots).toBeLessThanOrEqual(chipBudget.slots);
    engine.deliver(2, 0, chipBudget.slots / slotsEach + 10, 0);
    expect(fixture.panic).toBe("out of memory for slots");
  });

  it("leaves functions and strings where they are, in flash", async () => {
    const text = "long ".repeat(200);
    const engine = await fixture.handler(
      `const all = () => { const text = "${text}"; return text; }; for (let n = 0; n < a; n++) all();`,
    );
    engine.wake(0);
    const before = engine.costs.peakChunkBytes;
    engine.deliver(2, 0, 20, 0);
    expect(engine.costs.peakChunkBytes - before).toBeLessThan(text.length);
  });

  it("tells which function the instructions go to, in an image for profiles", async () => {
    const body = "for (let n = 0; n < 300; n++) busy(n); call(1);";
    const before =
      "function busy(n) { let sum = 0; for (const digit of String(n)) sum += Number(digit); return sum; }";
    const plain = await fixture.handler(body, before);
    plain.wake(0);
    expect(plain.profile()).not.toMatch(/^[fc] /m);
    const profiled = new ProcessFixture((call, modules) =>
      createRv32Engine(call, modules, { ...chipImage, profileTicks: 997 }),
    );
    const engine = await profiled.handler(body, before);
    engine.wake(0);
    const shares = [...engine.profile().matchAll(/^f (\d+) (\d+) (\S+) root\.js$/gm)];
    expect(engine.profile()).not.toMatch(/^[fc] /m);
    profiled.close();
    const samples = new Map(shares.map(([, own, , name]) => [name, Number(own)]));
    const all = [...samples.values()].reduce((sum, own) => sum + own, 0);
    expect(samples.get("busy")).toBeGreaterThan(0.7 * all);
    expect(all).toBeGreaterThan(10);
  });

  it("tells who holds the slots and the chunks of a run, by class and by properties", async () => {
    const engine = await fixture.handler(
      "kept.push(new Reading(event), { index: 1, unit: 2 }, { index: 3, unit: 4 }, new ArrayBuffer(100));",
      "const kept = []; class Reading { constructor(value) { this.value = value; } }",
    );
    engine.wake(0);
    const lines = engine.profile().split("\n");
    expect(lines).toContain("h 2 0 1 Reading");
    expect(lines).toContain("h 6 0 2 Object index unit");
    const headerBytes = 8;
    expect(lines).toContain(`h 3 ${100 + headerBytes} 1 ArrayBuffer`);
  });

  it("tells who stands on the stack when a run ends", async () => {
    const engine = await fixture.handler("deeper();", "function deeper() { return deeper() + 1; }");
    engine.wake(0);
    expect(fixture.panic).toBe("out of stack");
    const frames = [...engine.profile().matchAll(/^s (\d+) deeper$/gm)].map(([, slots]) => Number(slots));
    expect(frames.length).toBeGreaterThan(10);
    expect(new Set(frames.slice(1)).size).toBe(1);
  });

  it("tells the last words of a program that can't go on", async () => {
    fixture.answer = () => new Uint8Array(24);
    const engine = await fixture.handler("call(21);");
    expect(() => {
      engine.wake(0);
    }).toThrow("the RV32 machine ended with code 1: the timeline of the contacts ends in the middle");
  });

  it("names a module that is no JavaScript before it builds an image", async () => {
    await expect(fixture.load({ "root.js": "let value = ;" })).rejects.toThrow(
      /^root.js, line 1: missing expression$/,
    );
  });
});
