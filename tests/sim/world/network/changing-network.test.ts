import { describe, expect, it } from "@jest/globals";
import { Random } from "../../../../sim/kernel/random.js";
import { World } from "../../../../sim/kernel/world.js";
import { Network } from "../../../../sim/world/network/network.js";
import type { RegistrationResult } from "../../../../sim/world/network/subscriber.js";

const epochMilliseconds = 1_790_000_000_000;

class Bench {
  readonly world = new World();
  arrivals = 0;
  readonly network = new Network({
    scheduler: this.world,
    random: new Random(1),
    conditions: { uplinkLossOdds: 0, duplicationOdds: 0 },
    epochMilliseconds: () => epochMilliseconds,
    carryUplink: () => {
      this.arrivals++;
    },
  });
  readonly subscriber = this.network.subscribe();

  toldTime(kind: "attach" | "resume"): number | undefined {
    const results: RegistrationResult[] = [];
    this.subscriber.register({ kind, activeSeconds: 4, periodicUpdateSeconds: undefined }, (registration) => {
      results.push(registration);
    });
    while (results.length === 0) this.world.step();
    const [result] = results;
    return result?.ok === true ? result.time?.epochMilliseconds : undefined;
  }
}

describe("a network that changes", () => {
  it("loses from then on what it would have carried before", () => {
    const bench = new Bench();
    bench.toldTime("attach");
    const socket = bench.subscriber.openSocket(4000, () => undefined);
    const send = (): void => {
      socket.send(Uint8Array.of(1));
      while (bench.world.step());
    };
    send();
    expect(bench.arrivals).toBe(1);
    bench.network.change({ uplinkLossOdds: 1 });
    send();
    expect(bench.arrivals).toBe(1);
    bench.network.change({ uplinkLossOdds: 0 });
    send();
    expect(bench.arrivals).toBe(2);
  });

  it("refuses conditions that make no sense, and keeps those it has", () => {
    const { network } = new Bench();
    expect(() => {
      network.change({ uplinkLossOdds: 2 });
    }).toThrow(RangeError);
    expect(network.conditions.uplinkLossOdds).toBe(0);
  });

  it("tells a wrong time at an attach, and the right one with the next resume after that was corrected", () => {
    const bench = new Bench();
    bench.network.clockErrorMilliseconds = 86_400_000;
    expect(bench.toldTime("attach")).toBe(epochMilliseconds + 86_400_000);
    expect(bench.toldTime("resume")).toBeUndefined();
    bench.network.clockErrorMilliseconds = 0;
    expect(bench.toldTime("resume")).toBe(epochMilliseconds);
    expect(bench.toldTime("resume")).toBeUndefined();
  });
});
