import { describe, expect, it } from "@jest/globals";
import { adoptNetworkTime, type GivenTime } from "../../../firmware/time/network-time.js";
import type { TimeTrust } from "../../../hal/clock.js";
import { FakeClock } from "../fake-hardware.js";

const utc = Date.parse("2026-10-02T12:00:00Z");
const zoneMilliseconds = 11 * 3_600_000;

/** What a modem's clock may be meant as, eleven hours ahead of UTC. */
const localClock: GivenTime = { epochMilliseconds: utc, otherMilliseconds: utc + zoneMilliseconds };
/** The same of one that shows UTC, which the standard's meaning takes for local time. */
const universalClock: GivenTime = { epochMilliseconds: utc - zoneMilliseconds, otherMilliseconds: utc };

function adopted(given: GivenTime, known?: { milliseconds: number; trust: TimeTrust }) {
  const clock = new FakeClock();
  if (known) clock.setWallTime(known.milliseconds, known.trust);
  const events: string[] = [];
  const metering = { setTime: clock.setWallTime.bind(clock) };
  const note = (event: string, detail: number): boolean => events.push(`${event} ${detail}`) > 0;
  adoptNetworkTime({ hardware: { clock }, metering, note }, given);
  return { ...clock.wallTime, events };
}

describe("the network's time", () => {
  it("is taken as it is where it has one meaning", () => {
    const given = { epochMilliseconds: utc, otherMilliseconds: undefined };
    expect(adopted(given)).toMatchObject({
      epochMilliseconds: utc,
      trust: "network",
      events: ["time-set 0"],
    });
  });

  it("is an estimate where it may be local time or UTC, and the meter has no date", () => {
    expect(adopted(localClock)).toMatchObject({ epochMilliseconds: utc, trust: "estimated" });
    expect(adopted(universalClock)).toMatchObject({ trust: "estimated" });
  });

  it.each([
    ["local time", localClock],
    ["UTC", universalClock],
  ])("is what the meter's own clock makes of one that shows %s", (_, given) => {
    const known = { milliseconds: utc - 40_000, trust: "network" } as const;
    expect(adopted(given, known)).toMatchObject({
      epochMilliseconds: utc,
      trust: "network",
      events: ["time-set 40"],
    });
  });

  it("stays an estimate until the network says which it is", () => {
    const known = { milliseconds: utc - 40_000, trust: "estimated" } as const;
    expect(adopted(localClock, known)).toMatchObject({ epochMilliseconds: utc, trust: "estimated" });
    const sure = { epochMilliseconds: utc, otherMilliseconds: undefined };
    expect(adopted(sure, known)).toMatchObject({ trust: "network" });
  });

  it.each([
    [0.6, "left alone"],
    [1, "left alone"],
    [1.001, "taken over"],
    [9.4, "taken over"],
    [10, "noted"],
    [40, "noted"],
  ] as const)("that is %d s off is %s: crystals drift, and that is no event", (seconds, what) => {
    const given = { epochMilliseconds: utc, otherMilliseconds: undefined };
    for (const off of [seconds, -seconds]) {
      const milliseconds = utc - off * 1000;
      const { epochMilliseconds, events } = adopted(given, { milliseconds, trust: "network" });
      expect(epochMilliseconds).toBe(what === "left alone" ? milliseconds : utc);
      expect(events).toEqual(what === "noted" ? [`time-set ${off}`] : []);
    }
  });
});
