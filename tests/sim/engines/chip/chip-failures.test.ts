import { afterEach, describe, expect, it } from "@jest/globals";

import { Disturbance } from "../../../../sim/engines/chip/device-operation.js";
import { type BenchOptions, ChipBench } from "./chip-bench.js";

let bench: ChipBench;

afterEach(() => {
  bench.close();
});

/** Numbers of what the applications here note. */
const told = 200;

/** An application that does something once, and says at each start what it was told of the run before. */
async function create(once: string, options: BenchOptions = {}): Promise<ChipBench> {
  const main = `
    import "./recorder.js";
    function once(hardware) { ${once} }
    export async function main(hardware) {
      const { failure, clock, power } = hardware;
      hostRecord(${told}, 0, 0, 0, failure ? failure.module + ": " + failure.reason : "");
      hostResult(undefined);
      if (power.wakeCause === "power-on" && !failure) await once(hardware);
      power.sleep({ untilTicks: clock.ticks + 60000, afterPulses: 0, onServiceButton: false });
    }`;
  const modules = { "sim/engines/chip/record/recorded-main.js": main };
  bench = await ChipBench.create({ chip: { mayRestart: true }, ...options, modules });
  return bench;
}

/** What each run was told. */
function failures(): string[] {
  return bench.notes(told).map(({ content }) => Buffer.from(content ?? []).toString());
}

const cases: readonly (readonly [what: string, code: string, failure: RegExp])[] = [
  ["an error that nobody handles", "throw new TypeError('planted');", /^once: TypeError: planted$/],
  ["what is no error", "throw 'planted';", /^engine: unhandled rejection: planted$/],
  [
    "an error that tells no place",
    "throw Object.defineProperty(new Error('planted'), 'stack', { value: '' });",
    /^engine: Error: planted$/,
  ],
  [
    "an error of a timer's callback",
    "hardware.clock.setTimer(() => { throw new RangeError('late'); }, 5); return new Promise(() => {});",
    /^\w+: RangeError: late$/,
  ],
  [
    "memory that is used up",
    "const kept = []; for (;;) kept.push(new Uint8Array(1000));",
    /^engine: memory full$/,
  ],
  [
    "recursion without end",
    "const again = (n) => 1 + again(n + 1); return again(0);",
    /^engine: stopped without a reason: stack overflow$/,
  ],
];

describe("an application on the chip that fails", () => {
  it.each(cases)("by %s restarts it, and the run after that is told", async (_, code, failure) => {
    await create(code);
    await bench.powerOn();
    await bench.pass(10);
    expect(failures()).toHaveLength(2);
    expect(failures()[0]).toBe("");
    expect(failures()[1]).toMatch(failure);
  });

  it.each([
    ["an exception of the processor", 4, "chip: processor exception"],
    ["fuses that can't be read", 13, "chip: eFuse error"],
    ["a processor that is locked up", 15, "chip: processor lock-up"],
    ["a run that hangs", 6, "chip: watchdog: the run did not come to its end"],
  ])("by %s, which leaves no note, is told by the kind of reset", async (_, reason, failure) => {
    await create("");
    await bench.powerOn();
    bench.engine.disturb(Disturbance.resetReason, reason);
    bench.board.reset("software");
    await bench.pass(2);
    expect(failures()).toEqual(["", failure]);
  });

  it("is told of it once", async () => {
    await create("throw new TypeError('planted');");
    await bench.powerOn();
    await bench.pass(70);
    expect(failures().map((failure) => failure !== "")).toEqual([false, true, false]);
  });

  it("ends the run where that may not be, saying what failed", async () => {
    await create("throw new TypeError('planted');", { chip: { mayRestart: false } });
    await expect(bench.powerOn()).rejects.toThrow("the firmware failed: once: TypeError: planted");
  });

  it("is not told that it failed when it restarts the chip itself", async () => {
    await create("hardware.power.restart(); return new Promise(() => {});");
    await bench.powerOn();
    await bench.pass(10);
    expect(failures()).toEqual(["", ""]);
  });
});

describe("a chip whose every run fails", () => {
  const hourSeconds = 3600;
  const broken = {
    "manifests/hardware.js": "export function createHardware() { throw new Error('no such line'); }",
  };

  it("tries twice, then once after an hour, after two more, after four more, and rests in between", async () => {
    bench = await ChipBench.create({ chip: { mayRestart: true }, modules: broken });
    const startsIn = async (seconds: number): Promise<number> => {
      const before = bench.board.wakes;
      await bench.pass(seconds);
      return bench.board.wakes - before;
    };
    await bench.powerOn();
    await bench.pass(60);
    expect(await startsIn(0.9 * hourSeconds)).toBe(0);
    const perHour: number[] = [];
    for (let hour = 1; hour < 16; hour++) perHour.push(await startsIn(hourSeconds));
    expect(perHour.reduce((sum, starts) => sum + starts)).toBeLessThanOrEqual(8);
    expect(perHour.filter((starts) => starts > 0)).toHaveLength(4);
  });

  it("does what it should again once a run after a rest succeeds", async () => {
    await create("throw new TypeError('planted');");
    await bench.powerOn();
    await bench.pass(10);
    expect(failures()).toHaveLength(2);
    await bench.pass(120);
    expect(failures().slice(2)).toEqual(["", ""]);
  });
});
