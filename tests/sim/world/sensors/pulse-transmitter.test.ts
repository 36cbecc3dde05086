import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Random } from "../../../../sim/kernel/random.js";
import type { Pulse } from "../../../../sim/world/demand/pulse-source.js";
import type { PulseInputModelOptions } from "../../../../sim/world/sensors/pulse-input.js";
import {
  PulseTransmitter,
  type PulseTransmitterOptions,
} from "../../../../sim/world/sensors/pulse-transmitter.js";
import { forwardPulsesAt, InputBench, pulsesOf } from "./edges.js";

type Sensor = PulseTransmitterOptions["sensor"];

function createBench(
  sensor: Sensor,
  pulses: readonly Pulse[],
  changes: Partial<PulseTransmitterOptions> = {},
  inputChanges: Partial<PulseInputModelOptions> = {},
) {
  const bench = new InputBench(sensor, inputChanges);
  const transmitter = new PulseTransmitter({
    scheduler: bench.world,
    pulses: pulsesOf(pulses),
    sensor,
    input: bench.input,
    random: new Random(1),
    litresPerPulse: 1,
    ...changes,
  });
  return { bench, transmitter };
}

/** Pulses at up to 20 Hz, with pauses of all lengths and flow in both directions. */
const anyPulses = fc
  .array(
    fc.record({
      pause: fc.oneof(fc.integer({ min: 50_000, max: 60_000 }), fc.integer({ min: 50_000, max: 20_000_000 })),
      direction: fc.constantFrom(1 as const, -1 as const),
    }),
    { maxLength: 40 },
  )
  .map((steps) => {
    let atMicroseconds = 0;
    return steps.map(({ pause, direction }): Pulse => {
      atMicroseconds += pause;
      return { atMicroseconds, direction };
    });
  });

function lastMilliseconds(pulses: readonly Pulse[]): number {
  return (pulses[pulses.length - 1]?.atMicroseconds ?? 0) / 1000;
}

describe("from pulses to counts", () => {
  it("counts any pulses exactly with a dual reed, whatever its bounces", () => {
    fc.assert(
      fc.property(anyPulses, fc.integer(), fc.constantFrom(0, 0.5), (pulses, seed, parkingChance) => {
        const { bench, transmitter } = createBench("dual-reed", pulses, {
          random: new Random(seed),
          longestBounceMicroseconds: 999,
          parkingChance,
        });
        bench.runUntil(lastMilliseconds(pulses) + 1000);
        const { forward, reverse, illegalTransitions, magnetEvents, sensorFaults } = bench.input.read();
        expect({ forwardPulses: forward, reversePulses: reverse }).toEqual(transmitter.truth);
        expect(forward + reverse).toBe(pulses.length);
        expect(illegalTransitions + magnetEvents + sensorFaults).toBe(0);
      }),
    );
  });

  it("counts any pulses exactly with a single reed, which can't tell their direction", () => {
    fc.assert(
      fc.property(anyPulses, fc.integer(), fc.constantFrom(0, 0.5), (pulses, seed, parkingChance) => {
        const { bench } = createBench("single-reed", pulses, {
          random: new Random(seed),
          longestBounceMicroseconds: 999,
          parkingChance,
        });
        bench.runUntil(lastMilliseconds(pulses) + 1000);
        expect(bench.input.read().forward).toBe(pulses.length);
      }),
    );
  });

  it.each([
    ["single-reed", 10, 5000],
    ["dual-reed", 15, 5000],
    ["single-reed", 15, 1000],
    ["single-reed", 10, 2500],
    ["dual-reed", 10, 10_000],
  ] as const)(
    "counts 1000 pulses at 20 Hz with a %s, a debounce of %d ms and polls every %d us, in whatever phase",
    (sensor, debounceMilliseconds, pollMicroseconds) => {
      const pulses = Array.from({ length: 1000 }, (_, index): Pulse => {
        return { atMicroseconds: 1_000_000 + 50_011 * index, direction: 1 };
      });
      const { bench } = createBench(sensor, pulses, {}, { pollMicroseconds });
      bench.input.configure({ sensor, debounceMilliseconds, magnetSeconds: 1 });
      bench.runUntil(60_000);
      const { forward, illegalTransitions, magnetEvents, sensorFaults } = bench.input.read();
      expect([forward, illegalTransitions, magnetEvents, sensorFaults]).toEqual([1000, 0, 0, 0]);
    },
  );

  it.each(["single-reed", "dual-reed"] as const)(
    "is never ahead of the truth, and behind by the debounce and a poll at most, with a %s",
    (sensor) => {
      const pulses = forwardPulsesAt(1000, 1051, 1103, 3002.5, 90_000);
      const { bench, transmitter } = createBench(sensor, pulses);
      for (let at = 900; at < 3100; at += 0.25) {
        bench.runUntil(at);
        const counted = bench.input.read().forward;
        expect(counted).toBeLessThanOrEqual(transmitter.truth.forwardPulses);
        const settled = pulses.filter(({ atMicroseconds }) => atMicroseconds + 11_000 <= at * 1000).length;
        expect(counted).toBeGreaterThanOrEqual(settled);
      }
    },
  );

  it.each(["single-reed", "dual-reed"] as const)(
    "announces counts at the same times whether or not anybody looks, with a %s",
    (sensor) => {
      const pulses = forwardPulsesAt(1000, 1050, 1100, 3000, 9000);
      const watched = createBench(sensor, pulses).bench;
      for (let at = 0; at < 10_000; at += 0.3) {
        watched.runUntil(at);
        watched.input.read();
      }
      const unwatched = createBench(sensor, pulses).bench;
      unwatched.runUntil(10_000);
      expect(unwatched.countedAt).toHaveLength(5);
      expect(unwatched.countedAt).toEqual(watched.countedAt);
    },
  );

  it.each(["single-reed", "dual-reed"] as const)(
    "announces a count at the second poll after the last bounce, with a %s",
    (sensor) => {
      const { bench } = createBench(sensor, forwardPulsesAt(5000, 65_002, 125_003.999));
      bench.runUntil(130_000);
      expect(bench.countedAt).toEqual([5005, 65_010, 125_010]);
    },
  );

  it("announces a count in time though the decoder started in the middle of a turn", () => {
    const { bench } = createBench("dual-reed", forwardPulsesAt(5000, 6000));
    bench.runUntil(4500);
    bench.input.powerLost();
    bench.runUntil(10_000);
    expect(bench.countedAt).toHaveLength(1);
    // With contact A closed at the start, the fourth quarter turn is the one in which A closes again.
    expect(bench.countedAt[0]).toBeGreaterThanOrEqual(5405);
    expect(bench.countedAt[0]).toBeLessThan(5406);
  });
});

describe("the pulse transmitter", () => {
  it("calls back at the moment of each pulse", () => {
    const { bench, transmitter } = createBench("dual-reed", forwardPulsesAt(1000, 1050, 70_000));
    const times: number[] = [];
    transmitter.onPulse = ({ atMicroseconds }) => {
      expect(atMicroseconds).toBe(bench.world.nowMicroseconds);
      times.push(atMicroseconds / 1000);
    };
    bench.runUntil(100_000);
    expect(times).toEqual([1000, 1050, 70_000]);
  });

  it("keeps one event pending while nothing is to be counted", () => {
    const { bench } = createBench("dual-reed", forwardPulsesAt(5000));
    expect(bench.world.step()).toBe(true);
    expect(bench.world.nowMicroseconds).toBe(4_400_000);
    expect(bench.world.step()).toBe(true);
    expect(bench.world.nowMicroseconds).toBe(4_600_000);
  });

  it("shows the flow between the last two pulses, falling while the next one stays away", () => {
    const { bench, transmitter } = createBench("dual-reed", forwardPulsesAt(10_000, 20_000));
    bench.runUntil(15_000);
    expect(transmitter.flowLitresPerHour).toBe(0);
    bench.runUntil(25_000);
    expect(transmitter.flowLitresPerHour).toBe(360);
    bench.runUntil(60_000);
    expect(transmitter.flowLitresPerHour).toBe(90);
    bench.runUntil(400_000);
    expect(transmitter.flowLitresPerHour).toBe(0);
  });

  it("shows reverse flow as negative", () => {
    const pulses = [10, 20].map((at): Pulse => ({ atMicroseconds: at * 1e6, direction: -1 }));
    const { bench, transmitter } = createBench("dual-reed", pulses);
    bench.runUntil(20_000);
    expect(transmitter.flowLitresPerHour).toBe(-360);
  });

  it("hides the wheel's pulses behind a magnet held to a dual reed, which shows as a fault", () => {
    const { bench, transmitter } = createBench("dual-reed", forwardPulsesAt(5000, 10_000, 50_000));
    bench.runUntil(1000);
    transmitter.holdMagnet(true);
    bench.runUntil(30_000);
    expect(bench.input.read()).toMatchObject({ forward: 0, magnetEvents: 1, magnetPresent: true });
    transmitter.holdMagnet(false);
    bench.runUntil(60_000);
    expect(bench.input.read()).toMatchObject({ forward: 1, illegalTransitions: 2, magnetPresent: false });
    expect(transmitter.truth.forwardPulses).toBe(3);
  });

  it("hides the wheel's pulses while a dual reed's conductor is cut, which one-sided pulses tell", () => {
    const seconds = Array.from({ length: 20 }, (_, index) => 2000 + 1000 * index);
    const { bench, transmitter } = createBench("dual-reed", forwardPulsesAt(...seconds, 50_000));
    bench.runUntil(2500);
    transmitter.cutConductor(0, true);
    bench.runUntil(40_000);
    expect(bench.input.read()).toMatchObject({ forward: 1, sensorFaults: 1, oneSided: true, wireCut: false });
    transmitter.cutConductor(0, false);
    bench.runUntil(60_000);
    expect(bench.input.read()).toMatchObject({ forward: 2, sensorFaults: 1, oneSided: false });
  });

  it("hides the wheel's pulses while the cable is cut, which the loop tells", () => {
    const { bench, transmitter } = createBench("single-reed", forwardPulsesAt(5000, 10_000, 50_000));
    bench.runUntil(7000);
    transmitter.cutWire(true);
    bench.runUntil(30_000);
    expect(bench.input.read()).toMatchObject({ forward: 1, wireCut: true });
    transmitter.cutWire(false);
    bench.runUntil(60_000);
    expect(bench.input.read()).toMatchObject({ forward: 2, sensorFaults: 1, wireCut: false });
    expect(transmitter.truth.forwardPulses).toBe(3);
  });
});
