import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { InputBench } from "./edges.js";

describe("the pulse input with a single reed", () => {
  it("counts a closure once it has been stable for the debounce time", () => {
    const bench = new InputBench("single-reed");
    bench.move(10, "A", "closed");
    bench.runUntil(14.999);
    expect(bench.input.read().forward).toBe(0);
    bench.runUntil(15);
    expect(bench.input.read().forward).toBe(1);
    expect(bench.countedAt).toEqual([15]);
  });

  it("counts from the last bounce on", () => {
    const bench = new InputBench("single-reed");
    bench.move(10, "A", "closed");
    bench.move(10.2, "A", "open");
    bench.move(10.5, "A", "closed");
    bench.runUntil(100);
    expect(bench.countedAt).toEqual([15.5]);
  });

  it("ignores a closure shorter than the debounce time", () => {
    const bench = new InputBench("single-reed");
    bench.move(10, "A", "closed");
    bench.move(14.999, "A", "open");
    bench.runUntil(100);
    expect(bench.input.read().forward).toBe(0);
  });

  it("counts a closure of exactly the debounce time", () => {
    const bench = new InputBench("single-reed");
    bench.move(10, "A", "closed");
    bench.move(15, "A", "open");
    bench.runUntil(100);
    expect(bench.input.read().forward).toBe(1);
  });

  it("doesn't count a bounce as the contact opens", () => {
    const bench = new InputBench("single-reed");
    bench.move(10, "A", "closed");
    bench.move(100, "A", "open");
    bench.move(100.4, "A", "closed");
    bench.move(100.6, "A", "open");
    bench.runUntil(200);
    expect(bench.input.read().forward).toBe(1);
  });

  it("doesn't count again when a closed contact chatters open for less than the debounce time", () => {
    const bench = new InputBench("single-reed");
    bench.move(10, "A", "closed");
    bench.move(50, "A", "open");
    bench.move(54, "A", "closed");
    bench.runUntil(200);
    expect(bench.input.read().forward).toBe(1);
  });

  it("counts one pulse for a magnet that parks on the reed for a day", () => {
    const bench = new InputBench("single-reed");
    bench.move(10, "A", "closed");
    bench.move(86_400_000, "A", "open");
    bench.runUntil(86_400_100);
    expect(bench.input.read()).toEqual({
      forward: 1,
      reverse: 0,
      illegalTransitions: 0,
      magnetEvents: 0,
      magnetPresent: false,
    });
  });

  it("wraps at 2^32", () => {
    const bench = new InputBench("single-reed", { forward: 0xffff_ffff });
    bench.move(10, "A", "closed");
    bench.runUntil(100);
    expect(bench.input.read().forward).toBe(0);
    expect(bench.input.total).toBe(1);
  });

  it("forgets everything when the low-power domain loses its power", () => {
    const bench = new InputBench("single-reed");
    bench.move(10, "A", "closed");
    bench.runUntil(20);
    bench.input.powerLost();
    bench.runUntil(100);
    expect(bench.input.read().forward).toBe(0);
    expect(bench.input.total).toBe(0);
  });

  it("doesn't count a contact that was closed already when power came back", () => {
    const bench = new InputBench("single-reed");
    bench.move(10, "A", "closed");
    bench.runUntil(12);
    bench.input.powerLost();
    bench.runUntil(100);
    expect(bench.input.total).toBe(0);
  });

  it("debounces as the application configured it", () => {
    const bench = new InputBench("single-reed");
    bench.input.configure({ sensor: "single-reed", debounceMilliseconds: 20, magnetSeconds: 15 });
    bench.move(10, "A", "closed");
    bench.runUntil(100);
    expect(bench.countedAt).toEqual([30]);
  });

  it("brings a pending count forward when the debounce time gets shorter", () => {
    const bench = new InputBench("single-reed");
    bench.move(10, "A", "closed");
    bench.runUntil(11);
    bench.input.configure({ sensor: "single-reed", debounceMilliseconds: 2, magnetSeconds: 15 });
    bench.runUntil(100);
    expect(bench.countedAt).toEqual([12]);
  });

  it("refuses options out of range and goes on as before", () => {
    const bench = new InputBench("single-reed");
    expect(() => {
      bench.input.configure({ sensor: "single-reed", debounceMilliseconds: 51, magnetSeconds: 15 });
    }).toThrow(RangeError);
    bench.move(10, "A", "closed");
    bench.runUntil(100);
    expect(bench.countedAt).toEqual([15]);
  });

  it("announces every count, though a reader was there at the same moment", () => {
    const bench = new InputBench("single-reed");
    bench.world.schedule(15_000, () => {
      expect(bench.input.read().forward).toBe(1);
      expect(bench.countedAt).toEqual([]);
    });
    bench.move(10, "A", "closed");
    bench.runUntil(100);
    expect(bench.countedAt).toEqual([15]);
  });

  it("counts any edges as a plain reading of the debounce rule does", () => {
    const steps = fc.array(fc.integer({ min: 1, max: 12_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (pauses) => {
        const bench = new InputBench("single-reed");
        let atMicroseconds = 0;
        pauses.forEach((pause, index) => {
          atMicroseconds += pause;
          bench.move(atMicroseconds / 1000, "A", index % 2 === 0 ? "closed" : "open");
        });
        bench.runUntil(atMicroseconds / 1000 + 10);
        expect(bench.input.read().forward).toBe(stableClosures(pauses));
        expect(bench.countedAt).toHaveLength(bench.input.total);
      }),
    );
  });
});

/** Closures that lasted the debounce time, with an opening that lasted as long between one and the next. */
function stableClosures(pauses: readonly number[]): number {
  let isStableClosed = false;
  let closures = 0;
  pauses.forEach((_, index) => {
    const isClosed = index % 2 === 0;
    const lasted = pauses[index + 1] ?? Infinity;
    if (lasted < 5000 || isClosed === isStableClosed) return;
    isStableClosed = isClosed;
    if (isClosed) closures++;
  });
  return closures;
}
