import { describe, expect, it } from "@jest/globals";
import { InputBench } from "./edges.js";

describe("the pulse input with a dual reed", () => {
  it("counts a turn forward", () => {
    const bench = new InputBench("dual-reed");
    bench.walk("10 11 01 00");
    expect(bench.input.read()).toMatchObject({ forward: 1, reverse: 0, illegalTransitions: 0 });
    expect(bench.countedAt).toEqual([405]);
  });

  it("counts a turn in reverse", () => {
    const bench = new InputBench("dual-reed");
    bench.walk("01 11 10 00");
    expect(bench.input.read()).toMatchObject({ forward: 0, reverse: 1, illegalTransitions: 0 });
    expect(bench.countedAt).toEqual([405]);
  });

  it.each(["10 00 10 00 10 00", "10 11 10 11 10 00", "10 11 01 11 01 11 10 00", "10 11 01 00 01 00 01 00"])(
    "cancels the dither of %s",
    (states) => {
      const bench = new InputBench("dual-reed");
      bench.walk(states);
      const whole = states.startsWith("10 11 01 00") ? 1 : 0;
      expect(bench.input.read()).toMatchObject({ forward: whole, reverse: 0, illegalTransitions: 0 });
    },
  );

  it("counts a turn that went back and forth on its way", () => {
    const bench = new InputBench("dual-reed");
    bench.walk("10 11 10 11 01 11 01 00");
    expect(bench.input.read()).toMatchObject({ forward: 1, reverse: 0, illegalTransitions: 0 });
  });

  it("counts both ways apart when the flow turns round", () => {
    const bench = new InputBench("dual-reed");
    bench.walk("10 11 01 00 01 11 10 00 01 11 10 00");
    expect(bench.input.read()).toMatchObject({ forward: 1, reverse: 2 });
    expect(bench.input.total).toBe(3);
  });

  it("wraps its reverse counter at 2^32", () => {
    const bench = new InputBench("dual-reed", { reverse: 0xffff_ffff });
    bench.walk("01 11 10 00");
    expect(bench.input.read().reverse).toBe(0);
  });

  it("reports both contacts changing at once as a fault, not a pulse", () => {
    const bench = new InputBench("dual-reed");
    bench.walk("11 00");
    expect(bench.input.read()).toMatchObject({ forward: 0, reverse: 0, illegalTransitions: 2 });
  });

  it("counts in step again after a fault", () => {
    const bench = new InputBench("dual-reed");
    bench.walk("10 11 00 10 11 01 00");
    expect(bench.input.read()).toMatchObject({ forward: 1, reverse: 0, illegalTransitions: 1 });
    expect(bench.countedAt).toEqual([705]);
  });

  it("takes contacts closed for longer than the magnet time for a magnet, until they open", () => {
    const bench = new InputBench("dual-reed");
    bench.bring(100, "11");
    bench.runUntil(15_109);
    expect(bench.input.read()).toMatchObject({ magnetEvents: 0, magnetPresent: false });
    bench.runUntil(15_110);
    expect(bench.input.read()).toMatchObject({ magnetEvents: 1, magnetPresent: true });
    bench.bring(60_000, "00");
    bench.runUntil(60_010);
    expect(bench.input.read()).toMatchObject({ magnetEvents: 1, magnetPresent: false });
  });

  it("notices a magnet that came and went while nobody looked", () => {
    const bench = new InputBench("dual-reed");
    bench.bring(100, "11");
    bench.bring(60_000, "00");
    bench.bring(70_000, "11");
    bench.bring(80_000, "00");
    bench.runUntil(90_000);
    expect(bench.input.read()).toMatchObject({ magnetEvents: 1, magnetPresent: false });
  });

  it("takes no magnet for granted on a wheel that parks on one reed", () => {
    const bench = new InputBench("dual-reed");
    bench.bring(100, "10");
    bench.runUntil(86_400_000);
    bench.walk("11 01 00", 86_400_100);
    expect(bench.input.read()).toMatchObject({ forward: 1, magnetEvents: 0, illegalTransitions: 0 });
  });

  it("takes one contact that comes and goes alone more than ten times for a sensor fault", () => {
    const bench = new InputBench("dual-reed");
    bench.walk("01 00 ".repeat(10).trim());
    expect(bench.input.read()).toMatchObject({ sensorFaults: 0, oneSided: false });
    bench.walk("01 00", 3000);
    expect(bench.input.read()).toMatchObject({ sensorFaults: 1, oneSided: true, forward: 0, reverse: 0 });
    bench.walk("01 00 ".repeat(20).trim(), 4000);
    expect(bench.input.read()).toMatchObject({ sensorFaults: 1, oneSided: true });
  });

  it("takes the fault back when the other contact changes, and counts in step", () => {
    const bench = new InputBench("dual-reed");
    bench.walk("01 00 ".repeat(11).trim());
    bench.walk("10 11 01 00", 4000);
    expect(bench.input.read()).toMatchObject({ sensorFaults: 1, oneSided: false, forward: 1 });
  });

  it("finds nothing wrong with a wheel that only ever goes to and fro between two reeds", () => {
    const bench = new InputBench("dual-reed");
    bench.walk("10 11 01 11 10 00 ".repeat(30).trim());
    expect(bench.input.read()).toMatchObject({ forward: 0, reverse: 0, sensorFaults: 0, oneSided: false });
  });

  it("tells of a cut loop once, while it is open, and counts on", () => {
    const bench = new InputBench("dual-reed");
    bench.runUntil(100);
    bench.input.cutLoop(true);
    bench.runUntil(104);
    expect(bench.input.read()).toMatchObject({ sensorFaults: 0, wireCut: false });
    bench.walk("10 11 01 00", 200);
    expect(bench.input.read()).toMatchObject({ sensorFaults: 1, wireCut: true, forward: 1 });
    bench.input.cutLoop(false);
    bench.runUntil(1000);
    expect(bench.input.read()).toMatchObject({ sensorFaults: 1, wireCut: false, forward: 1 });
  });

  it("tells of a loop that is open when power comes", () => {
    const bench = new InputBench("dual-reed");
    bench.input.cutLoop(true);
    bench.runUntil(100);
    bench.input.powerLost();
    expect(bench.input.read()).toMatchObject({ sensorFaults: 0, wireCut: false });
    bench.runUntil(200);
    expect(bench.input.read()).toMatchObject({ sensorFaults: 1, wireCut: true });
  });

  it("clears faults and a turn under way when power is lost", () => {
    const bench = new InputBench("dual-reed");
    bench.bring(100, "11");
    bench.runUntil(20_000);
    bench.input.powerLost();
    expect(bench.input.read()).toEqual({
      forward: 0,
      reverse: 0,
      illegalTransitions: 0,
      magnetEvents: 0,
      magnetPresent: false,
      sensorFaults: 0,
      oneSided: false,
      wireCut: false,
    });
    bench.walk("01 00 10 11 01 00", 21_000);
    expect(bench.input.total).toBe(1);
  });

  it("decodes every sequence of up to six states as a plain table does", () => {
    let sequences = 0;
    for (const sequence of sequencesUpTo(6)) {
      const bench = new InputBench("dual-reed");
      bench.walk(sequence);
      const { forward, reverse, illegalTransitions } = bench.input.read();
      expect({ sequence, forward, reverse, illegalTransitions }).toEqual({ sequence, ...decode(sequence) });
      sequences++;
    }
    expect(sequences).toBe(4 + 16 + 64 + 256 + 1024 + 4096);
  });
});

const states = ["00", "10", "11", "01"];

function sequencesUpTo(length: number): string[] {
  if (length === 1) return states;
  const shorter = sequencesUpTo(length - 1);
  const longest = shorter.filter((sequence) => sequence.length === 3 * (length - 1) - 1);
  return [...shorter, ...longest.flatMap((sequence) => states.map((state) => `${sequence} ${state}`))];
}

function decode(sequence: string): { forward: number; reverse: number; illegalTransitions: number } {
  const forwardSteps = ["00>10", "10>11", "11>01", "01>00"];
  const reverseSteps = ["10>00", "11>10", "01>11", "00>01"];
  const result = { forward: 0, reverse: 0, illegalTransitions: 0 };
  let state = "00";
  let quarters = 0;
  for (const next of sequence.split(" ")) {
    const step = `${state}>${next}`;
    if (forwardSteps.includes(step)) quarters++;
    else if (reverseSteps.includes(step)) quarters--;
    else if (next !== state) {
      result.illegalTransitions++;
      quarters = 0;
    }
    if (quarters === 4) result.forward++;
    if (quarters === -4) result.reverse++;
    if (Math.abs(quarters) === 4) quarters = 0;
    state = next;
  }
  return result;
}
