import { describe, expect, it } from "@jest/globals";
import { MeteringBench, midnightSeconds, type Run, timesOf } from "./metering-bench.js";

const hour = 3600;

/** A meter that has taken a value at that moment, and has counted a pulse since. */
function recordedAt(seconds: number): { bench: MeteringBench } & Run {
  const bench = new MeteringBench();
  const run = bench.start("power-on");
  bench.setTime(seconds);
  run.metering.recordWhatIsDue();
  bench.input.pass(1);
  return { bench, ...run };
}

/** Sets the clock of a meter that is at work, to so many seconds after the bench's midnight. */
function setTime({ metering }: Run, seconds: number): void {
  metering.setTime((midnightSeconds + seconds) * 1000, "network");
}

describe("a clock that is set over the end of an interval", () => {
  it.each([
    ["on time", 2 * hour, "network"],
    ["a minute late", 2 * hour + 60, "network"],
    ["later", 2 * hour + 61, "estimated"],
  ])("has its value taken at once, with all that was counted until then (%s)", (_, to, trust) => {
    const run = recordedAt(hour);
    run.bench.waitUntil(hour + 1800);
    run.bench.input.pass(4, 2);
    setTime(run, to);
    const values = run.metering.intervalsFrom(2, 9);
    expect(timesOf(values)).toEqual([[2 * hour, trust]]);
    expect(values[0]).toMatchObject({ forwardPulses: 5, reversePulses: 2 });
  });

  it("has the values of a midnight and a billing day taken at once, too", () => {
    const run = recordedAt(-hour);
    run.bench.waitUntil(-100);
    setTime(run, 5);
    const { metering } = run;
    const values = [metering.intervalsFrom(2, 9), metering.daysFrom(0, 9), metering.monthsFrom(0, 9)];
    expect(values.map(timesOf)).toEqual([[[0, "network"]], [[0, "network"]], [[0, "network"]]]);
  });

  it("has the value of the last one taken where it is set over several", () => {
    const run = recordedAt(hour);
    setTime(run, 5 * hour + 20);
    expect(timesOf(run.metering.intervalsFrom(2, 9))).toEqual([[5 * hour, "network"]]);
  });

  it("has the register written down before that value", () => {
    const run = recordedAt(hour);
    const order: string[] = [];
    run.bench.watchPrograms((partition) => order.push(partition));
    setTime(run, 2 * hour + 5);
    expect([order[0], order.includes("intervals")]).toEqual(["journal", true]);
  });
});

describe("a clock that is set back", () => {
  it("has no value of an end that its old time had reached, and nobody had looked, before its new time does", () => {
    const run = recordedAt(hour);
    run.bench.waitUntil(2 * hour + 5);
    setTime(run, 2 * hour - 60);
    expect(run.metering.newestIntervalSequence).toBe(1);
    run.bench.input.pass(3);
    run.bench.waitUntil(2 * hour);
    run.metering.recordWhatIsDue();
    const values = run.metering.intervalsFrom(2, 9);
    expect(values).toMatchObject([{ epochSeconds: midnightSeconds + 2 * hour, forwardPulses: 4 }]);
  });
});
