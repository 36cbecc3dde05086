import { describe, expect, it } from "@jest/globals";
import { ReverseFlow } from "../../../sim/chaos/reverse-flow.js";
import type { Pulse, PulseSource } from "../../../sim/world/demand/pulse-source.js";

function sourceOf(seconds: readonly number[]): PulseSource {
  let position = 0;
  return {
    startEpochSeconds: 7,
    durationSeconds: undefined,
    next: () => {
      const at = seconds[position++];
      return at === undefined ? undefined : { atMicroseconds: at * 1e6, direction: 1 };
    },
  };
}

function all(source: PulseSource): Pulse[] {
  const pulses: Pulse[] = [];
  for (let pulse = source.next(); pulse; pulse = source.next()) pulses.push(pulse);
  return pulses;
}

describe("reverse flow", () => {
  it("waits for a lull that has room for it", () => {
    const source = new ReverseFlow(sourceOf([1, 3, 5, 60]), [{ atSeconds: 2, pulses: 3 }]);
    expect(all(source)).toEqual([
      { atMicroseconds: 1_000_000, direction: 1 },
      { atMicroseconds: 3_000_000, direction: 1 },
      { atMicroseconds: 5_000_000, direction: 1 },
      { atMicroseconds: 6_700_000, direction: -1 },
      { atMicroseconds: 8_400_000, direction: -1 },
      { atMicroseconds: 10_100_000, direction: -1 },
      { atMicroseconds: 60_000_000, direction: 1 },
    ]);
  });

  it("leaves a source without lulls as it is", () => {
    const seconds = [1, 2, 3, 4, 5, 6];
    const source = new ReverseFlow(sourceOf(seconds), [{ atSeconds: 0, pulses: 9 }]);
    expect(all(source).slice(0, 6)).toEqual(all(sourceOf(seconds)));
    expect(source.startEpochSeconds).toBe(7);
  });
});
