import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { InputBench } from "./edges.js";

const fastPolls = { pollMicroseconds: 1000 };

/** Moments within the period of 5 ms at which an edge may come, in milliseconds. */
const phases = Array.from({ length: 50 }, (_, index) => index / 10);

const nothing = {
  reverse: 0,
  illegalTransitions: 0,
  magnetEvents: 0,
  magnetPresent: false,
  sensorFaults: 0,
  oneSided: false,
  wireCut: false,
};

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

  it("counts from the last bounce on that a poll has found", () => {
    const bench = new InputBench("single-reed", fastPolls);
    bench.move(10, "A", "closed");
    bench.move(10.2, "A", "open");
    bench.move(10.5, "A", "closed");
    bench.move(12.8, "A", "open");
    bench.move(13.2, "A", "closed");
    bench.runUntil(100);
    expect(bench.countedAt).toEqual([19]);
  });

  it("ignores a closure shorter than the debounce time, wherever the polls fall", () => {
    for (const phase of phases) {
      const bench = new InputBench("single-reed");
      bench.move(10 + phase, "A", "closed");
      bench.move(14.999 + phase, "A", "open");
      bench.runUntil(100);
      expect(bench.input.read().forward).toBe(0);
    }
  });

  it("counts a closure of the debounce time and one poll, wherever the polls fall", () => {
    for (const phase of phases) {
      const bench = new InputBench("single-reed");
      bench.move(10 + phase, "A", "closed");
      bench.move(20 + phase, "A", "open");
      bench.runUntil(100);
      expect(bench.input.read().forward).toBe(1);
    }
  });

  it("counts each of an open collector's pulses of 30 ms at 17 Hz", () => {
    const bench = new InputBench("single-reed");
    for (let pulse = 0; pulse < 1000; pulse++) {
      const at = 100 + pulse * 58.8;
      bench.move(Math.round(at * 1000) / 1000, "A", "closed");
      bench.move(Math.round((at + 30) * 1000) / 1000, "A", "open");
    }
    bench.runUntil(60_000);
    expect(bench.input.read()).toEqual({ ...nothing, forward: 1000 });
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
    expect(bench.input.read()).toEqual({ ...nothing, forward: 1 });
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
    const bench = new InputBench("single-reed", fastPolls);
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

  it("rounds the debounce time up to whole polls", () => {
    const bench = new InputBench("single-reed");
    bench.input.configure({ sensor: "single-reed", debounceMilliseconds: 6, magnetSeconds: 15 });
    bench.move(10, "A", "closed");
    bench.runUntil(100);
    expect(bench.countedAt).toEqual([20]);
  });

  it.each([99, 10_001, 0.5])("refuses to poll every %d us", (pollMicroseconds) => {
    expect(() => new InputBench("single-reed", { pollMicroseconds })).toThrow(RangeError);
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
    const steps = fc.array(fc.integer({ min: 1, max: 25_000 }), { maxLength: 60 });
    const pollPeriods = fc.constantFrom(1000, 2500, 5000, 10_000);
    fc.assert(
      fc.property(steps, pollPeriods, (pauses, pollMicroseconds) => {
        const bench = new InputBench("single-reed", { pollMicroseconds });
        let atMicroseconds = 0;
        pauses.forEach((pause, index) => {
          atMicroseconds += pause;
          bench.move(atMicroseconds / 1000, "A", index % 2 === 0 ? "closed" : "open");
        });
        bench.runUntil(atMicroseconds / 1000 + 50);
        expect(bench.input.read().forward).toBe(stableClosures(pauses, pollMicroseconds));
        expect(bench.countedAt).toHaveLength(bench.input.total);
      }),
    );
  });
});

/** Closures that polls of 5 ms or more in a row found, with an opening of as many between one and the next. */
function stableClosures(pauses: readonly number[], pollMicroseconds: number): number {
  const edges: number[] = [];
  for (const pause of pauses) edges.push((edges.at(-1) ?? 0) + pause);
  const polls = Math.ceil(((edges.at(-1) ?? 0) + 50_000) / pollMicroseconds);
  const found = Array.from({ length: polls }, (_, index) => {
    const at = (index + 1) * pollMicroseconds;
    return edges.filter((edge) => edge <= at).length % 2 === 1;
  });
  const neededPolls = 5000 / pollMicroseconds + 1;
  let isClosed = false;
  let closures = 0;
  found.forEach((_, index) => {
    const last = found.slice(Math.max(0, index - Math.ceil(neededPolls) + 1), index + 1);
    if (last.length < neededPolls || last.includes(isClosed)) return;
    isClosed = !isClosed;
    if (isClosed) closures++;
  });
  return closures;
}
