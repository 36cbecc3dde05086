import { describe, expect, it } from "@jest/globals";

import type { CreateSimulation } from "../../../command/sim/sim-run.js";
import type { Pulse, PulseSource } from "../../../sim/world/demand/pulse-source.js";
import { FlashViolation } from "../../../sim/world/flash/nor-flash.js";
import type { RunReport } from "../../../sim/run/run-result.js";
import { Simulation } from "../../../sim/run/simulation.js";
import { Bench } from "../bench.js";

/** One pulse forward and two in reverse each minute: a single reed takes all of them for forward ones. */
function backflow(): PulseSource {
  let count = 0;
  return {
    startEpochSeconds: undefined,
    durationSeconds: undefined,
    next(): Pulse {
      const direction = count % 3 === 0 ? 1 : -1;
      return { atMicroseconds: ++count * 20e6, direction };
    },
  };
}

const withSingleReed: CreateSimulation = (options, now) =>
  new Simulation({ ...options, sensor: "single-reed", pulses: backflow() }, now);

/** A simulation in which something happens after an hour. */
function withEvent(event: (simulation: Simulation) => void): CreateSimulation {
  return (options, now) => {
    const simulation = new Simulation(options, now);
    simulation.scheduler.schedule(3600e6, () => {
      event(simulation);
    });
    return simulation;
  };
}

describe("a difference from the truth", () => {
  it("ends with exit code 1 and says which checker, when, the seed and how to repeat it", async () => {
    const bench = new Bench();
    expect(await bench.run("sim --engine node --days 0.1 --seed 3", withSingleReed)).toBe(1);
    expect(bench.errors.text).toMatch(
      /^difference: the register checker, at 2026-01-01T02:24:00Z, seed 3: forwardPulses is \d+ at the end, in truth 144$/m,
    );
    expect(bench.errors.lines.at(-1)).toBe(
      "repeat it with: tally sim --product water --engine node --demand household --persons 4 --days 0.1 --seed 3",
    );
    expect(bench.output.text).toMatch(/\n✘ \d+ differences from the truth\n/);
  });

  it("leaves the JSON object alone on standard output", async () => {
    const bench = new Bench();
    expect(await bench.run("sim --engine node --days 0.1 --json", withSingleReed)).toBe(1);
    const report = JSON.parse(bench.output.text) as RunReport;
    expect(report.register.reversePulses).toBe(0);
    expect(report.truth.reversePulses).toBe(288);
    expect(bench.errors.text).toMatch(/^difference: /);
  });
});

describe("a fault of the firmware", () => {
  it("is told with its time and seed, exit code 1 and no stack", async () => {
    const bench = new Bench();
    const panic = withEvent((simulation) => {
      simulation.board.wake("timer");
      simulation.board.panic("Error: register decreased\n    at register.js:1");
    });
    expect(await bench.run("sim --engine node --days 1 --seed 5", panic)).toBe(1);
    expect(bench.errors.lines).toEqual([
      "error: the firmware failed at 2026-01-01T01:00:00Z, seed 5: Error: register decreased",
      "repeat it with: tally sim --product water --engine node --demand household --persons 4 --days 1 --seed 5",
    ]);
  });

  it("may be a broken rule of the flash", async () => {
    const bench = new Bench();
    const violation = withEvent(() => {
      throw new FlashViolation(32);
    });
    expect(await bench.run("sim --engine node --days 1 --json", violation)).toBe(1);
    expect(bench.errors.lines[0]).toBe(
      "error: the firmware failed at 2026-01-01T01:00:00Z, seed 1: programmed at 32, which was not erased",
    );
    expect(bench.output.text).toBe("");
  });

  it("shows its stack with --debug", async () => {
    const bench = new Bench();
    const violation = withEvent(() => {
      throw new FlashViolation(32);
    });
    expect(await bench.run("sim --engine node --days 1 --json --debug", violation)).toBe(1);
    expect(bench.errors.text).toMatch(/caused by: FlashViolation: .*\n {4}at /);
  });
});
