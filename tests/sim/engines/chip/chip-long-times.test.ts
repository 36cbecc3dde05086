/** What a clock of 32 bits would get wrong: after 71 minutes of microseconds, 49 days of milliseconds. */
import { afterEach, describe, expect, it } from "@jest/globals";

import { Disturbance } from "../../../../sim/engines/chip/device-operation.js";
import { boardLike, ChipBench } from "./chip-bench.js";

let bench: ChipBench;

afterEach(() => {
  bench.close();
});

const imports = {
  ChipClock: "../hal/esp32/clock/clock.js",
  ChipPower: "../hal/esp32/power/power.js",
  pulseInputClass: "../hal/esp32/pulse-input/pulse-input.js",
};

/** The number of what the application notes at each start. */
const started = 200;
const threeHours = 3 * 3600;

const sleeping = `
  const power = new ChipPower({ ...board.power, sleep: "deep" });
  const PulseInput = pulseInputClass(board.pulseInput);
  const pulses = new PulseInput({ sensor: board.sensor, debounceMilliseconds: 10, magnetSeconds: 60 });
  const clock = new ChipClock();
  const { forward, magnetEvents } = pulses.read();
  note(${started}, clock.ticks, forward, magnetEvents);
  power.sleep({ untilTicks: clock.ticks + ${threeHours * 1000}, afterPulses: 0, onServiceButton: false });`;

const battery = { gpio: 34, multiplier: 2, divisor: 1, enable: undefined, settleMicroseconds: 0 };

/** With two contacts, so that a magnet that is none would show. */
const boards = [
  boardLike("esp32", {
    sensor: "dual-reed",
    pulseInput: { contactA: 25, contactB: 26, cableLoop: 4, pullUp: "external" },
    power: { battery, supplyWarning: undefined, serviceButton: undefined, sleep: "deep" },
  }),
  boardLike("esp32c3", {
    sensor: "dual-reed",
    pulseInput: { contactA: 0, contactB: 2, cableLoop: 5, pullUp: "internal" },
    valve: undefined,
  }),
  boardLike("esp32c6", {
    pulseInput: { contactA: 2, contactB: 3, cableLoop: 4, pullUp: "external" },
    valve: undefined,
  }),
];

/** Moves time on, as long as the chip does not start over and over: that would take hours. */
async function passWithFewStarts(seconds: number): Promise<void> {
  const stepSeconds = 60;
  for (let left = seconds; left > 0 && bench.notes(started).length < 10; left -= stepSeconds)
    await bench.pass(Math.min(left, stepSeconds));
}

const ages = [
  ["71 minutes", 4200],
  ["nine hours", 31_500],
  ["49 days", 49.7 * 86_400],
  ["fifteen years", 15 * 365 * 86_400],
] as const;

describe.each(boards.map((board) => [board.name, board] as const))("the chip of %s", (_, board) => {
  it.each(ages)(
    "that has had power for %s sleeps three hours, and counts as on its first day",
    async (_, age) => {
      const pulses = Array.from({ length: 60 }, (_, turn) => [100 + turn * 250, 1] as const);
      bench = await ChipBench.create({ board, imports, application: sleeping, pulses });
      bench.engine.disturb(Disturbance.counterBegins, Math.round(age));
      await bench.powerOn();
      await passWithFewStarts(2 * threeHours + 2);
      const notes = bench.notes(started);
      const sleeps = notes.slice(1).map(({ a }, index) => a - (notes[index]?.a ?? NaN));
      // One measurement of an RC oscillator, for all that time.
      expect((notes[0]?.a ?? NaN) / 1000 / age).toBeCloseTo(1, 4);
      expect(sleeps).toHaveLength(2);
      for (const milliseconds of sleeps) expect(Math.abs(milliseconds / 1000 - threeHours)).toBeLessThan(1);
      expect(notes.at(-1)).toMatchObject({ b: 60, c: 0 });
      // The clock's hours are the world's.
      const told = (notes.at(-1)?.a ?? NaN) - (notes[0]?.a ?? NaN);
      const passed = (notes.at(-1)?.ticks ?? NaN) - (notes[0]?.ticks ?? NaN);
      expect(Math.abs(told - passed)).toBeLessThan(200);
    },
  );
});
