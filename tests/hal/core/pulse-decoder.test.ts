import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Random } from "../../../sim/kernel/random.js";
import type { PulseDecoderOptions } from "../../../sim/world/sensors/pulse-decoder.js";
import { lengthFactor } from "../../setup/run-length.js";
import { buildHarness, TwoDecoders } from "./two-decoders.js";

let program = "";
beforeAll(() => {
  program = buildHarness();
});
afterAll(() => {
  rmSync(program);
});

const dual: PulseDecoderOptions = {
  sensor: "dual-reed",
  debouncePolls: 1,
  magnetPolls: 3000,
  oneSidedPulses: 10,
};

/** The states of a turn forward, from contact A that closes on. */
const turn = [0, 1, 3, 2];

/** Calls `visit` with every sequence of up to `length` symbols below `symbols`; the array is used again. */
function everySequence(symbols: number, length: number, visit: (sequence: readonly number[]) => void): void {
  const sequence: number[] = [];
  const extend = (): void => {
    for (let symbol = 0; symbol < symbols; symbol++) {
      sequence.push(symbol);
      visit(sequence);
      if (sequence.length < length) extend();
      sequence.pop();
    }
  };
  extend();
}

function countOf(symbols: number, length: number): number {
  let count = 0;
  for (let exponent = 1; exponent <= length; exponent++) count += symbols ** exponent;
  return count;
}

describe("the decoder in C and its reference agree", () => {
  it.each([
    ["dual-reed", { debouncePolls: 1, magnetPolls: 2, oneSidedPulses: 1 }, 8, 6],
    ["dual-reed", { debouncePolls: 2, magnetPolls: 3, oneSidedPulses: 1 }, 4, 9],
    ["dual-reed", { debouncePolls: 3, magnetPolls: 1, oneSidedPulses: 0 }, 4, 9],
    ["single-reed", { debouncePolls: 2, magnetPolls: 1, oneSidedPulses: 1 }, 4, 8],
    ["single-reed", { debouncePolls: 1, magnetPolls: 1, oneSidedPulses: 1 }, 8, 5],
  ] as const)(
    "on every sequence of polls: %s, %j, %d states, up to %d polls",
    (sensor, times, states, length) => {
      const both = new TwoDecoders(program);
      both.start({ sensor, ...times });
      everySequence(states, length, (sequence) => {
        both.begin();
        both.restart(0);
        for (const contacts of sequence) both.poll(contacts);
        both.read();
      });
      both.finish();
      expect(both.readings).toBe(countOf(states, length));
    },
  );

  it("on every sequence of up to nine states of a dual reed, each long enough to be debounced", () => {
    const both = new TwoDecoders(program);
    both.start({ ...dual, debouncePolls: 3, magnetPolls: 5, oneSidedPulses: 2 });
    everySequence(4, 9, (sequence) => {
      both.begin();
      both.restart(0);
      for (const contacts of sequence) both.advance(contacts, 3);
      both.read();
    });
    both.finish();
    expect(both.readings).toBe(countOf(4, 9));
  });

  it("on every sequence of up to six states from every state that power can find", () => {
    const both = new TwoDecoders(program);
    both.start(dual);
    everySequence(8, 6, (sequence) => {
      both.begin();
      both.restart(sequence[0]);
      for (let index = 1; index < sequence.length; index++) both.poll(sequence[index] as number);
      both.read();
    });
    both.finish();
    expect(both.readings).toBe(countOf(8, 6));
  });

  const sequences = 1_000_000 * lengthFactor;

  it(`on ${sequences} random sequences of bounces, turns, pauses and other options`, () => {
    const both = new TwoDecoders(program);
    const wheel = new RandomWheel(both, new Random("decoders"));
    for (let sequence = 0; sequence < sequences; sequence++) {
      if (sequence % 8 === 0) wheel.start();
      wheel.play();
      both.read();
    }
    both.finish();
    expect(both.readings).toBe(sequences);
  });
});

const anyTimes = fc.record({
  debouncePolls: fc.integer({ min: 1, max: 12 }),
  magnetPolls: fc.integer({ min: 1, max: 50 }),
  oneSidedPulses: fc.integer({ min: 0, max: 4 }),
});
const anySensor = fc.constantFrom("single-reed" as const, "dual-reed" as const);
const anyPolls = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 300 });

describe("the decoder", () => {
  /** Goes through quarter turns of +1 or -1, each debounced; `first` is the quarter in which the wheel stands. */
  function wheelOf(both: TwoDecoders, first: number): (quarters: readonly number[]) => void {
    let position = first;
    both.begin();
    both.start({ ...dual, debouncePolls: 2, oneSidedPulses: 1000 }, turn[first]);
    return (quarters) => {
      for (const quarter of quarters) both.advance(turn[(position += quarter) & 3] as number, 2);
    };
  }

  it("counts every full turn as one pulse, whichever way and wherever the wheel stood", () => {
    const both = new TwoDecoders(program);
    for (const first of [0, 1, 2, 3])
      for (const way of [1, -1]) {
        const go = wheelOf(both, first);
        for (let pulse = 1; pulse <= 5; pulse++) {
          go([way, way, way]);
          expect(both.read()[way === 1 ? "forward" : "reverse"]).toBe(pulse - 1);
          go([way]);
          expect(both.read()[way === 1 ? "forward" : "reverse"]).toBe(pulse);
        }
        expect(both.read()[way === 1 ? "reverse" : "forward"]).toBe(0);
      }
    both.finish();
  });

  it("counts nothing for a wheel that never gets a full turn away from where it stood", () => {
    const both = new TwoDecoders(program);
    const walks = fc.array(fc.constantFrom(1, -1), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), walks, (first, walk) => {
        const go = wheelOf(both, first);
        let away = 0;
        for (const quarter of walk) {
          if (Math.abs(away + quarter) === 4) continue;
          away += quarter;
          go([quarter]);
        }
        expect(both.read()).toMatchObject({ forward: 0, reverse: 0, illegalTransitions: 0 });
      }),
    );
    both.finish();
  });

  it("counts forward less reverse to within a turn of where the wheel really is", () => {
    const both = new TwoDecoders(program);
    const walks = fc.array(fc.constantFrom(1, 1, 1, -1), { maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), walks, (first, walk) => {
        wheelOf(both, first)(walk);
        const { forward, reverse } = both.read();
        const turns = walk.reduce((sum, quarter) => sum + quarter, 0) / 4;
        expect(Math.abs(forward - reverse - turns)).toBeLessThan(1);
      }),
    );
    both.finish();
  });

  it("goes through any number of polls at once as through each of them", () => {
    const both = new TwoDecoders(program);
    const runs = fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 60 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(anySensor, anyTimes, runs, (sensor, times, pollRuns) => {
        both.begin();
        both.start({ sensor, ...times });
        for (const [contacts, polls] of pollRuns) both.advance(contacts, polls);
        const atOnce = both.read();
        both.start({ sensor, ...times });
        for (const [contacts, polls] of pollRuns)
          for (let poll = 0; poll < polls; poll++) both.poll(contacts);
        expect(both.read()).toEqual(atOnce);
      }),
    );
    both.finish();
  });

  it("moves each counter forward by one at most in a poll, and one of the two pulse counters", () => {
    const both = new TwoDecoders(program);
    const counters = ["forward", "reverse", "illegalTransitions", "magnetEvents"] as const;
    fc.assert(
      fc.property(anySensor, anyTimes, anyPolls, (sensor, times, polls) => {
        both.begin();
        both.start({ sensor, ...times }, 0, 0xffff_fffe, 0xffff_fffe);
        let before = both.read();
        for (const contacts of polls) {
          both.poll(contacts);
          const after = both.read();
          const moves = counters.map((counter) => (after[counter] - before[counter]) >>> 0);
          expect(Math.max(...moves)).toBeLessThanOrEqual(1);
          expect((moves[0] as number) + (moves[1] as number)).toBeLessThanOrEqual(1);
          before = after;
        }
      }),
    );
    both.finish();
  });

  it("never counts faster than a contact can close and open for the debounce time", () => {
    const both = new TwoDecoders(program);
    fc.assert(
      fc.property(anySensor, anyTimes, anyPolls, (sensor, times, polls) => {
        both.begin();
        both.start({ sensor, ...times });
        for (const contacts of polls) both.poll(contacts);
        const { forward, reverse } = both.read();
        const pollsPerPulse = 2 * times.debouncePolls;
        expect(forward + reverse).toBeLessThanOrEqual(Math.ceil(polls.length / pollsPerPulse));
      }),
    );
    both.finish();
  });

  it("finds a magnet in the very poll in which both contacts have been closed for too long", () => {
    const both = new TwoDecoders(program);
    fc.assert(
      fc.property(anyTimes, (times) => {
        both.begin();
        both.start({ sensor: "dual-reed", ...times });
        both.advance(3, times.debouncePolls + times.magnetPolls);
        expect(both.read()).toMatchObject({ magnetEvents: 0, magnetPresent: false });
        both.poll(3);
        expect(both.read()).toMatchObject({ magnetEvents: 1, magnetPresent: true });
        both.advance(0, times.debouncePolls - 1);
        expect(both.read()).toMatchObject({ magnetEvents: 1, magnetPresent: true });
        both.poll(0);
        expect(both.read()).toMatchObject({ magnetEvents: 1, magnetPresent: false });
      }),
    );
    both.finish();
  });

  it("finds no magnet with a single reed, whatever the other contact does", () => {
    const both = new TwoDecoders(program);
    both.begin();
    both.start({ ...dual, sensor: "single-reed", magnetPolls: 1 });
    both.advance(3, 1000);
    expect(both.read()).toMatchObject({ forward: 1, magnetEvents: 0, magnetPresent: false });
    both.finish();
  });

  it("finds a cut wire with either sensor once the loop has been open for the debounce time", () => {
    const both = new TwoDecoders(program);
    for (const sensor of ["single-reed", "dual-reed"] as const) {
      both.begin();
      both.start({ ...dual, sensor, debouncePolls: 4 });
      both.advance(4, 3);
      expect(both.read()).toMatchObject({ sensorFaults: 0, wireCut: false });
      both.poll(4);
      expect(both.read()).toMatchObject({ sensorFaults: 1, wireCut: true });
    }
    both.finish();
  });

  it("drops a turn under way when the kind of sensor changes, and keeps its counters", () => {
    const both = new TwoDecoders(program);
    both.begin();
    both.start(dual, 0, 7, 9);
    for (const contacts of [1, 3, 2]) both.poll(contacts);
    both.configure({ ...dual, sensor: "single-reed" });
    both.configure(dual);
    both.poll(0);
    expect(both.read()).toMatchObject({ forward: 7, reverse: 9 });
    for (const contacts of [1, 3, 2]) both.poll(contacts);
    expect(both.read()).toMatchObject({ forward: 8, reverse: 9 });
    both.finish();
  });
});

function anyOptions(random: Random): PulseDecoderOptions {
  return {
    sensor: random.chance(0.75) ? "dual-reed" : "single-reed",
    debouncePolls: random.chance(0.1) ? random.integer(0, 60) : random.integer(1, 4),
    magnetPolls: random.chance(0.1) ? 0xffff_ffff : random.integer(0, 40),
    oneSidedPulses: random.integer(0, 3),
  };
}

function anyCounter(random: Random): number {
  return random.chance(0.3) ? 0xffff_ffff - random.integer(0, 1) : random.uint32();
}

/** A wheel that turns either way, with bounces, magnets and cut wires, before decoders that are configured anew at times. */
class RandomWheel {
  #both: TwoDecoders;
  #random: Random;
  #position = 0;
  #loop = 0;

  constructor(both: TwoDecoders, random: Random) {
    this.#both = both;
    this.#random = random;
  }

  start(): void {
    const random = this.#random;
    this.#both.begin();
    this.#both.start(anyOptions(random), random.integer(0, 7), anyCounter(random), anyCounter(random));
  }

  play(): void {
    const random = this.#random;
    for (let step = random.integer(1, 5); step > 0; step--) this.#step(random);
  }

  #step(random: Random): void {
    this.#position = (this.#position + (random.chance(0.7) ? 1 : 3)) & 3;
    if (random.chance(0.03)) this.#loop ^= 4;
    let contacts = (turn[this.#position] as number) | this.#loop;
    for (let bounces = random.integer(0, 3); bounces > 0; bounces--)
      this.#both.poll(contacts ^ random.integer(0, random.chance(0.1) ? 7 : 3));
    if (random.chance(0.05)) contacts = random.integer(0, 255);
    if (random.chance(0.02)) this.#both.configure(anyOptions(random));
    this.#both.advance(contacts, random.chance(0.05) ? random.uint32() : random.integer(0, 8));
  }
}
