import { describe, expect, it } from "@jest/globals";
import { water } from "../../../firmware/products/water.js";
import { NodeEngine } from "../../../sim/engines/node/node-engine.js";
import { Checkers } from "../../../sim/run/checkers.js";
import { Truth } from "../../../sim/run/truth.js";
import { householdOptions, pulsesAt, simulate } from "../../scenarios/run-meter.js";
import { blockRecords, indexRecords, MeterDouble, midnight, period } from "../head-end/meter-double.js";

type Pair = readonly [forward: number, reverse: number];

const intervals = 12;
const durationSeconds = intervals * period;
/** One pulse forward in the middle of each interval, and one in reverse in the second. */
const flowed: readonly Pair[] = Array.from({ length: intervals }, (_, index) => [1, index === 1 ? 1 : 0]);
const total: Pair = [intervals, 1];

/** What a meter tells of that flow, all of it right unless a test says otherwise. */
interface Told {
  readonly register: Pair;
  readonly earlyIndex: Pair;
  readonly lastIndex: Pair;
  readonly deltas: readonly Pair[];
  readonly blockStart: number;
}

const right: Told = {
  register: total,
  earlyIndex: [0, 0],
  lastIndex: total,
  deltas: flowed,
  blockStart: midnight,
};

/** What the checkers find when the meter has told that, and `after` has happened at the head-end. */
function differencesOf(told: Partial<Told>, after: (meter: MeterDouble) => void = () => undefined): string[] {
  const { register, earlyIndex, lastIndex, deltas, blockStart } = { ...right, ...told };
  const forward = flowed.map((_, index) => [(index + 0.5) * period, 1] as const);
  const moments = [...forward.slice(0, 2), [1.6 * period, -1] as const, ...forward.slice(2)];
  const truth = new Truth(pulsesAt(moments), durationSeconds);
  while (truth.next());
  const options = { product: water, engine: () => new NodeEngine(() => 0), seed: 1, pulses: pulsesAt([]) };
  const checkers = new Checkers({ ...options, startEpochSeconds: midnight, durationSeconds }, truth);
  const meter = new MeterDouble();
  meter.headEnd.onReport = (report) => {
    checkers.onReport(report, meter.world.nowMicroseconds);
  };
  meter.register();
  meter.wait(35);
  meter.send(...indexRecords(midnight + 30, earlyIndex));
  meter.wait(durationSeconds);
  meter.send(
    ...indexRecords(midnight + durationSeconds + 30, lastIndex),
    ...blockRecords(blockStart, [0, 0], deltas),
  );
  after(meter);
  const registers = { forwardPulses: register[0], reversePulses: register[1] };
  return checkers
    .finish(registers, meter.headEnd, meter.headEnd.device("meter-1"))
    .map(({ checker, message }) => `${checker}: ${message}`);
}

/** The flow with one interval's pulses replaced. */
function withInterval(position: number, pulses: Pair): Pair[] {
  return flowed.map((pair, index) => (index === position ? pulses : pair));
}

describe("the checkers of a run", () => {
  it("find nothing where all is as it was", () => {
    expect(differencesOf({})).toEqual([]);
  });

  it.each([
    ["a pulse too many", [13, 1], "register: forwardPulses is 13 at the end, in truth 12"],
    ["a pulse too few", [11, 1], "register: forwardPulses is 11 at the end, in truth 12"],
    ["a reverse pulse that is missing", [12, 0], "register: reversePulses is 0 at the end, in truth 1"],
  ] as const)("find %s in the register", (_, register, message) => {
    expect(differencesOf({ register })).toEqual([message]);
  });

  it.each([
    ["forward", [1, 0], "head-end: forward index is 1, in truth 0"],
    ["reverse", [0, 1], "head-end: reverse index is 1, in truth 0"],
  ] as const)(
    "find a report with a wrong %s index, though later ones are right",
    (_, earlyIndex, message) => {
      expect(differencesOf({ earlyIndex })[0]).toBe(message);
    },
  );

  it.each([
    ["forward", [11, 1], "head-end: forwardPulses is 11 at the end, in truth 12"],
    ["reverse", [12, 0], "head-end: reversePulses is 0 at the end, in truth 1"],
  ] as const)("find a last %s index that is wrong", (_, lastIndex, message) => {
    expect(differencesOf({ lastIndex })).toContain(message);
  });

  it("find that the head-end has no report at all", () => {
    const simulation = simulate(householdOptions(1, 4));
    const checkers = new Checkers(simulation.options, simulation.truth);
    while (simulation.truth.next());
    const { forwardPulses } = checkers.truthAtEnd();
    const found = checkers.finish({ forwardPulses, reversePulses: 0 }, simulation.headEnd, undefined);
    expect(found.map(({ message }) => message)).toEqual([
      `forwardPulses is 0 at the end, in truth ${forwardPulses}`,
    ]);
  });

  it("find a pulse that is told in the interval after its own", () => {
    const deltas = flowed.map((pair, index): Pair => (index === 4 ? [0, 0] : index === 5 ? [2, 0] : pair));
    expect(differencesOf({ deltas })).toEqual(["intervals: forward index is 4, in truth 5"]);
  });

  it("find a reverse pulse that is told in another interval", () => {
    const deltas = flowed.map((pair, index): Pair => [pair[0], index === 3 ? 1 : 0]);
    expect(differencesOf({ deltas })).toEqual([
      "intervals: reverse index is 0, in truth 1",
      "intervals: reverse index is 0, in truth 1",
    ]);
  });

  it("find intervals that never came", () => {
    expect(differencesOf({ deltas: flowed.slice(0, 10) })).toContain(
      "intervals: 2 intervals never reached the head-end",
    );
  });

  it("find intervals that overlap others", () => {
    const found = differencesOf({}, (meter) => {
      meter.send(...blockRecords(midnight + period / 2, [0, 0], [[1, 0]]));
    });
    expect(found).toContain("intervals: 1 intervals overlap others");
  });

  it("find what goes against the protocol", () => {
    const found = differencesOf({}, (meter) => {
      meter.deliver(meter.request("nowhere", [], undefined, {}));
    });
    expect(found).toEqual(["protocol: meter-1: refused with 4.04: no resource /nowhere"]);
  });

  it("tell five differences of a kind, and no more", () => {
    const deltas = withInterval(0, [2, 0]);
    expect(differencesOf({ deltas }).filter((text) => text.startsWith("intervals: "))).toHaveLength(5);
  });

  it("hear of each report in a run, and say when it was made", async () => {
    const simulation = simulate(householdOptions(1, 4));
    const told = simulation.headEnd.onReport;
    let madeEpochSeconds: number | undefined;
    simulation.headEnd.onReport = (report) => {
      const { now } = report;
      if (!now) return;
      madeEpochSeconds ??= now.epochSeconds;
      told?.({ ...report, now: { ...now, index: { ...now.index, forward: now.index.forward + 1 } } });
    };
    const { differences } = await simulation.run();
    expect(differences[0]).toMatchObject({ checker: "head-end", epochSeconds: madeEpochSeconds });
    expect(differences[0]?.message).toMatch(/^forward index is \d+, in truth /);
  });
});
