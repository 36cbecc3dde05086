import { describe, expect, it } from "@jest/globals";
import { Random } from "../../../../sim/kernel/random.js";
import { World } from "../../../../sim/kernel/world.js";
import { Network } from "../../../../sim/world/network/network.js";
import type { NetworkConditions } from "../../../../sim/world/network/network-conditions.js";
import type { RegistrationResult, Subscriber } from "../../../../sim/world/network/subscriber.js";

interface Arrival {
  readonly datagram: Uint8Array;
  readonly from: string;
  readonly reply: (datagram: Uint8Array) => void;
  readonly atMicroseconds: number;
}

class Laboratory {
  readonly world = new World();
  readonly arrivals: Arrival[] = [];
  readonly network: Network;
  readonly subscriber: Subscriber;

  constructor(conditions: Partial<NetworkConditions> = {}, seed = 1) {
    this.network = new Network({
      scheduler: this.world,
      random: new Random(seed),
      conditions,
      epochMilliseconds: () => 1_790_000_000_000,
      carryUplink: (datagram, from, reply) => {
        this.arrivals.push({ datagram, from, reply, atMicroseconds: this.world.nowMicroseconds });
      },
    });
    this.subscriber = this.network.subscribe();
  }

  run(seconds: number): void {
    const { atMicroseconds } = this.world.schedule(seconds * 1e6, () => undefined);
    while (this.world.nowMicroseconds < atMicroseconds) this.world.step();
  }

  register(kind: "attach" | "resume" = "attach"): RegistrationResult {
    const results: RegistrationResult[] = [];
    this.subscriber.register({ kind, activeSeconds: 10, periodicUpdateSeconds: 3_600 }, (registration) => {
      results.push(registration);
    });
    for (;;) {
      this.world.step();
      const [result] = results;
      if (result) return result;
    }
  }

  get seconds(): number {
    return this.world.nowMicroseconds / 1e6;
  }
}

const perfect: Partial<NetworkConditions> = { uplinkLossOdds: 0, downlinkLossOdds: 0, duplicationOdds: 0 };

describe("registration", () => {
  it("takes 2 to 30 s, and 1 to 3 s to resume with the same address", () => {
    for (let seed = 1; seed <= 50; seed++) {
      const laboratory = new Laboratory({}, seed);
      const attached = laboratory.register();
      expect(laboratory.seconds).toBeGreaterThanOrEqual(2);
      expect(laboratory.seconds).toBeLessThanOrEqual(30);
      laboratory.subscriber.sleep();
      const before = laboratory.seconds;
      const resumed = laboratory.register("resume");
      expect(laboratory.seconds - before).toBeLessThanOrEqual(3);
      expect(resumed).toMatchObject({
        ok: true,
        address: attached.ok ? attached.address : "",
        time: undefined,
      });
    }
  });

  it("gives the time and what timers are asked for", () => {
    expect(new Laboratory({ timeZoneQuarterHours: 4 }).register()).toEqual({
      ok: true,
      address: "10.64.0.1",
      timers: { activeSeconds: 10, periodicUpdateSeconds: 3_600 },
      time: { epochMilliseconds: 1_790_000_000_000, zoneQuarterHours: 4 },
    });
  });

  it("grants the network's own timers, but none that is not asked for", () => {
    const { subscriber } = new Laboratory({ grantedActiveSeconds: 4, grantedPeriodicUpdateSeconds: 7_200 });
    expect(subscriber.grant({ activeSeconds: 10, periodicUpdateSeconds: 60 })).toEqual({
      activeSeconds: 4,
      periodicUpdateSeconds: 7_200,
    });
    expect(subscriber.grant({ activeSeconds: undefined, periodicUpdateSeconds: undefined })).toEqual({
      activeSeconds: undefined,
      periodicUpdateSeconds: undefined,
    });
  });

  it("is refused with the given cause", () => {
    expect(new Laboratory({ rejectCause: 11 }).register()).toEqual({ ok: false, cause: 11 });
  });

  it("waits for the end of an outage", () => {
    const laboratory = new Laboratory({ outages: [{ fromSeconds: 0, toSeconds: 3_600 }] });
    expect(laboratory.network.hasService).toBe(false);
    expect(laboratory.register()).toMatchObject({ ok: true });
    expect(laboratory.seconds).toBeGreaterThan(3_600);
    expect(laboratory.network.hasService).toBe(true);
  });

  it("starts over when an outage begins in the middle of it", () => {
    const laboratory = new Laboratory({
      attachSeconds: { low: 20, high: 20 },
      outages: [{ fromSeconds: 10, toSeconds: 100 }],
    });
    laboratory.register();
    expect(laboratory.seconds).toBe(120);
  });
});

describe("datagrams", () => {
  it("take 1.5 to 10 s for a round trip, mostly at the quick end", () => {
    const laboratory = new Laboratory(perfect);
    laboratory.register();
    const trips: number[] = [];
    let sentAt = 0;
    const socket = laboratory.subscriber.openSocket(5_000, () => trips.push(laboratory.seconds - sentAt));
    for (let index = 0; index < 500; index++) {
      sentAt = laboratory.seconds;
      socket.send(Uint8Array.of(1));
      laboratory.run(6);
      const outward = (laboratory.arrivals.at(-1)?.atMicroseconds ?? 0) / 1e6 - sentAt;
      sentAt = laboratory.seconds - outward;
      laboratory.arrivals.at(-1)?.reply(Uint8Array.of(2));
      laboratory.run(6);
    }
    expect(trips.length).toBe(500);
    expect(Math.min(...trips)).toBeGreaterThanOrEqual(1.5);
    expect(Math.max(...trips)).toBeLessThanOrEqual(10);
    expect(trips.filter((trip) => trip < 5).length).toBeGreaterThan(300);
  });

  it("are lost and doubled at the given odds, both ways", () => {
    const laboratory = new Laboratory({ uplinkLossOdds: 0.1, downlinkLossOdds: 0.2, duplicationOdds: 0.05 });
    laboratory.register();
    let down = 0;
    const socket = laboratory.subscriber.openSocket(5_000, () => down++);
    const count = 10_000;
    for (let index = 0; index < count; index++) socket.send(Uint8Array.of(1));
    laboratory.run(10);
    const up = laboratory.arrivals.length;
    // Five standard deviations of a binomial count.
    const margin = 5 * Math.sqrt(count * 0.25);
    expect(Math.abs(up - count * 0.9 * 1.05)).toBeLessThan(margin);
    for (let index = 0; index < count; index++) laboratory.arrivals[0]?.reply(Uint8Array.of(2));
    laboratory.run(10);
    expect(Math.abs(down - count * 0.8 * 1.05)).toBeLessThan(margin);
    expect(laboratory.network.counters).toEqual({
      datagramsUp: count,
      bytesUp: count,
      datagramsDown: down,
      bytesDown: down,
    });
  });

  it("overtake each other", () => {
    const laboratory = new Laboratory(perfect);
    laboratory.register();
    const socket = laboratory.subscriber.openSocket(5_000, () => undefined);
    for (let index = 0; index < 100; index++) socket.send(Uint8Array.of(index));
    laboratory.run(10);
    const order = laboratory.arrivals.map(({ datagram }) => datagram[0]);
    expect(order).not.toEqual([...order].sort((one = 0, other = 0) => one - other));
    expect(order.length).toBe(100);
  });

  it("are copied on the way", () => {
    const laboratory = new Laboratory(perfect);
    laboratory.register();
    const datagram = Uint8Array.of(1);
    laboratory.subscriber.openSocket(5_000, () => undefined).send(datagram);
    datagram[0] = 2;
    laboratory.run(10);
    expect(laboratory.arrivals[0]?.datagram).toEqual(Uint8Array.of(1));
  });

  it("are lost in an outage, both ways", () => {
    const laboratory = new Laboratory({ ...perfect, outages: [{ fromSeconds: 50, toSeconds: 100 }] });
    laboratory.register();
    let down = 0;
    const socket = laboratory.subscriber.openSocket(5_000, () => down++);
    socket.send(Uint8Array.of(1));
    laboratory.run(60 - laboratory.seconds);
    socket.send(Uint8Array.of(2));
    laboratory.arrivals[0]?.reply(Uint8Array.of(3));
    laboratory.run(60);
    expect(laboratory.arrivals.length).toBe(1);
    expect(down).toBe(0);
  });

  it("are the same for the same seed", () => {
    const story = (seed: number): string => {
      const laboratory = new Laboratory({ uplinkLossOdds: 0.2, duplicationOdds: 0.2 }, seed);
      laboratory.register();
      const socket = laboratory.subscriber.openSocket(5_000, () => undefined);
      for (let index = 0; index < 100; index++) socket.send(Uint8Array.of(index));
      laboratory.run(20);
      return laboratory.arrivals
        .map(({ atMicroseconds, datagram }) => `${atMicroseconds}:${datagram.join()}`)
        .join(" ");
    };
    expect(story(3)).toBe(story(3));
    expect(story(4)).not.toBe(story(3));
  });
});

describe("address translation", () => {
  it("gives every opening of a socket another port", () => {
    const laboratory = new Laboratory(perfect);
    laboratory.register();
    for (let index = 0; index < 3; index++) {
      const socket = laboratory.subscriber.openSocket(5_000, () => undefined);
      socket.send(Uint8Array.of(index));
      laboratory.run(10);
      socket.close();
    }
    expect(laboratory.arrivals.map(({ from }) => from)).toEqual([
      "10.64.0.1:49152",
      "10.64.0.1:49153",
      "10.64.0.1:49154",
    ]);
  });

  it("forgets a silent flow: the next datagram comes from another port, and no answer gets through", () => {
    const laboratory = new Laboratory(perfect);
    laboratory.register();
    let down = 0;
    const socket = laboratory.subscriber.openSocket(5_000, () => down++);
    socket.send(Uint8Array.of(1));
    laboratory.run(400);
    laboratory.arrivals[0]?.reply(Uint8Array.of(2));
    socket.send(Uint8Array.of(3));
    laboratory.run(10);
    expect(down).toBe(0);
    expect(laboratory.arrivals[1]?.from).toBe("10.64.0.1:49153");
  });

  it("gives each modem an address of its own", () => {
    const laboratory = new Laboratory(perfect);
    laboratory.register();
    const other = laboratory.network.subscribe();
    let address = "";
    other.register(
      { kind: "resume", activeSeconds: undefined, periodicUpdateSeconds: undefined },
      (result) => {
        if (result.ok) address = result.address;
      },
    );
    laboratory.run(60);
    expect(address).toBe("10.64.0.2");
  });
});

describe("a sleeping modem", () => {
  it("gets up to four datagrams in their order once it is back", () => {
    const laboratory = new Laboratory({ ...perfect, downlinkMilliseconds: { low: 1_000, high: 1_000 } });
    laboratory.register();
    const down: (number | undefined)[] = [];
    const socket = laboratory.subscriber.openSocket(5_000, (datagram) => down.push(datagram[0]));
    socket.send(Uint8Array.of(1));
    laboratory.run(10);
    laboratory.subscriber.sleep();
    for (let index = 0; index < 6; index++) laboratory.arrivals[0]?.reply(Uint8Array.of(index));
    laboratory.run(60);
    expect(down).toEqual([]);
    laboratory.register("resume");
    laboratory.run(10);
    expect(down).toEqual([0, 1, 2, 3]);
  });

  it("gets nothing that waited for longer than ten minutes, or was for a socket since closed", () => {
    const laboratory = new Laboratory(perfect);
    laboratory.register();
    let down = 0;
    const socket = laboratory.subscriber.openSocket(5_000, () => down++);
    socket.send(Uint8Array.of(1));
    laboratory.run(10);
    laboratory.subscriber.sleep();
    laboratory.arrivals[0]?.reply(Uint8Array.of(2));
    laboratory.run(700);
    laboratory.register("resume");
    laboratory.run(10);
    expect(down).toBe(0);
    socket.send(Uint8Array.of(1));
    laboratory.run(10);
    laboratory.subscriber.sleep();
    laboratory.arrivals[1]?.reply(Uint8Array.of(2));
    laboratory.run(10);
    socket.close();
    laboratory.register("resume");
    laboratory.run(10);
    expect(down).toBe(0);
  });
});

describe("conditions that make no sense", () => {
  it.each<Partial<NetworkConditions>>([
    { uplinkLossOdds: 1.1 },
    { duplicationOdds: Number.NaN },
    { attachSeconds: { low: 3, high: 2 } },
    { uplinkMilliseconds: { low: -1, high: 2 } },
    { outages: [{ fromSeconds: 5, toSeconds: 5 }] },
  ])("are refused: %p", (conditions) => {
    expect(() => new Laboratory(conditions)).toThrow(RangeError);
  });
});
