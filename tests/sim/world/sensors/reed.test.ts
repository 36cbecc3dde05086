import { describe, expect, it } from "@jest/globals";
import { Random } from "../../../../sim/kernel/random.js";
import type { Pulse } from "../../../../sim/world/demand/pulse-source.js";
import { type ContactEdge, Reed, type ReedOptions } from "../../../../sim/world/sensors/reed.js";
import { drain, forwardPulsesAt, pulsesOf } from "./edges.js";

function edgesOf(
  sensor: ReedOptions["sensor"],
  pulses: readonly Pulse[],
  changes: Partial<ReedOptions> = {},
): ContactEdge[] {
  return drain(new Reed({ pulses: pulsesOf(pulses), sensor, random: new Random(1), ...changes }));
}

/** The contacts' states at rest, as "AB at ms", with bounces left out. */
function statesOf(edges: readonly ContactEdge[]): string[] {
  const closed = [0, 0];
  const states: string[] = [];
  edges.forEach((edge, index) => {
    closed[edge.contact] = Number(edge.closed);
    const next = edges[index + 1];
    const isBouncing =
      next && next.contact === edge.contact && next.atMicroseconds - edge.atMicroseconds < 1000;
    if (!isBouncing) states.push(`${closed.join("")} at ${Math.floor(edge.atMicroseconds / 1000)}`);
  });
  return states;
}

function at20Hertz(count: number): Pulse[] {
  return forwardPulsesAt(...Array.from({ length: count }, (_, index) => 1000 + 50 * index));
}

describe("the single reed", () => {
  it("closes at the moment of the pulse and opens after two fifths of a slow turn", () => {
    expect(statesOf(edgesOf("single-reed", forwardPulsesAt(5000)))).toEqual(["10 at 5000", "00 at 5320"]);
  });

  it("stays closed for longer than a debounce of 15 ms at 20 Hz", () => {
    const states = statesOf(edgesOf("single-reed", at20Hertz(3)));
    expect(states).toEqual([
      "10 at 1000",
      "00 at 1020",
      "10 at 1050",
      "00 at 1070",
      "10 at 1100",
      "00 at 1420",
    ]);
  });

  it("stays closed until the next turn when the magnet parks on it", () => {
    const edges = edgesOf("single-reed", forwardPulsesAt(5000, 65_000), { parkingChance: 1 });
    expect(statesOf(edges)).toEqual(["10 at 5000", "00 at 64520", "10 at 65000", "00 at 65320"]);
  });
});

describe("the dual reed", () => {
  it("goes through 10, 11, 01 to 00 when water flows forward", () => {
    expect(statesOf(edgesOf("dual-reed", forwardPulsesAt(5000)))).toEqual([
      "10 at 4400",
      "11 at 4600",
      "01 at 4800",
      "00 at 5000",
    ]);
  });

  it("goes through 01, 11, 10 to 00 in reverse", () => {
    expect(statesOf(edgesOf("dual-reed", [{ atMicroseconds: 5_000_000, direction: -1 }]))).toEqual([
      "01 at 4400",
      "11 at 4600",
      "10 at 4800",
      "00 at 5000",
    ]);
  });

  it("rests on one closed contact when the magnet parks there", () => {
    const edges = edgesOf("dual-reed", forwardPulsesAt(5000, 65_000), { parkingChance: 1 });
    expect(statesOf(edges).slice(4)).toEqual(["10 at 5200", "11 at 64600", "01 at 64800", "00 at 65000"]);
  });
});

describe.each(["single-reed", "dual-reed"] as const)("a %s", (sensor) => {
  it("bounces one to four times at every transition, for less than 1 ms", () => {
    const edges = edgesOf(sensor, at20Hertz(200));
    const bursts = new Map<number, number>();
    let start = -Infinity;
    for (const { atMicroseconds } of edges) {
      if (atMicroseconds - start >= 1000) start = atMicroseconds;
      bursts.set(start, (bursts.get(start) ?? 0) + 1);
    }
    expect(bursts.size).toBe(sensor === "dual-reed" ? 800 : 400);
    expect([...new Set(bursts.values())].sort()).toEqual([3, 5, 7, 9]);
  });

  it("gives its edges in order of time, even of pulses faster than a wheel can turn", () => {
    const random = new Random(3);
    let at = 0;
    const pulses = Array.from({ length: 500 }, (): Pulse => {
      at += random.integer(0, random.chance(0.5) ? 20 : 5000);
      return { atMicroseconds: at, direction: random.chance(0.5) ? 1 : -1 };
    });
    const times = edgesOf(sensor, pulses).map(({ atMicroseconds }) => atMicroseconds);
    expect(times).toEqual(times.slice().sort((one, other) => one - other));
    expect(times[0]).toBeGreaterThanOrEqual(0);
  });

  it("gives the same edges for the same seed", () => {
    const pulses = at20Hertz(20);
    expect(edgesOf(sensor, pulses)).toEqual(edgesOf(sensor, pulses));
    expect(edgesOf(sensor, pulses)).not.toEqual(edgesOf(sensor, pulses, { random: new Random(2) }));
  });
});
