import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Random } from "../../../sim/kernel/random.js";
import type { PulseDecoderOptions } from "../../../sim/sensors/pulse-decoder.js";
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
  ] as const)("on every sequence of polls: %s, %j, %d states, up to %d polls", (sensor, times, states, length) => {
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
  });

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

  it("on a million random sequences of bounces, turns, pauses and other options", () => {
    const both = new TwoDecoders(program);
    const wheel = new RandomWheel(both, new Random("decoders"));
    for (let sequence = 0; sequence < 1_000_000; sequence++) {
      if (sequence % 8 === 0) wheel.start();
      wheel.play();
      both.read();
    }
    both.finish();
    expect(both.readings).toBe(1_000_000);
  }, 240_000);
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

const turn = [0, 1, 3, 2];

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
