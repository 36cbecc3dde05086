import { describe, expect, it } from "@jest/globals";
import { sealLine } from "../../firmware/contracts/service-line.js";
import type { NetworkConditions } from "../../sim/world/network/network-conditions.js";
import { daySeconds, householdOptions, run, simulate } from "./run-meter.js";

const days = 6;
const eveningSeconds = 0.8 * daySeconds;
/** What a situation of the network may cost beyond a normal day, however long it lasts. */
const mostMilliampereHoursPerDay = 5;

type Situation = Partial<NetworkConditions>;
type Befall = (simulation: ReturnType<typeof simulate>) => void;

/** What the battery has given on each day, in mAh; the situation begins on the first evening. */
async function chargeByDay(network: Situation, befall?: Befall): Promise<number[]> {
  const simulation = simulate({ ...householdOptions(days, 4), network });
  const { battery } = simulation.meter;
  const readings: number[] = [];
  for (let day = 1; day <= days; day++)
    simulation.scheduler.schedule(day * daySeconds * 1e6, () => {
      readings.push(battery.consumedMilliampereHours);
    });
  simulation.scheduler.schedule(eveningSeconds * 1e6, () => befall?.(simulation));
  const { report } = await simulation.run();
  expect(report.register).toEqual(report.truth);
  return readings.map((reading, index) => reading - (readings[index - 1] ?? 0));
}

const normal = chargeByDay({});

async function expectBounded(network: Situation, befall?: Befall, otherwise = normal): Promise<void> {
  const usual = await otherwise;
  const more = (await chargeByDay(network, befall)).map((charge, day) => charge - (usual[day] ?? 0));
  expect(more).toHaveLength(days);
  expect(Math.max(...more)).toBeLessThan(mostMilliampereHoursPerDay);
}

describe("the battery gives at most 5 mAh a day more than on a normal day", () => {
  it("without any coverage", async () => {
    await expectBounded({ outages: [{ fromSeconds: eveningSeconds, toSeconds: 2 * days * daySeconds }] });
  });

  it("where there never was any", async () => {
    await expectBounded({ outages: [{ fromSeconds: 0, toSeconds: 2 * days * daySeconds }] });
  });

  it.each([3, 5, 6, 7, 8, 11, 13, 15, 22])(
    "when the network refuses with EMM cause %d",
    async (rejectCause) => {
      await expectBounded({ rejectCause });
    },
  );

  it("without a SIM", async () => {
    await expectBounded({}, ({ meter }) => {
      meter.modem.seatSim(false);
    });
  });

  it.each([180, 1740, 11_160])(
    "when the network grants an active time of %d s",
    async (grantedActiveSeconds) => {
      await expectBounded({ grantedActiveSeconds });
    },
  );

  it("when the network keeps a connection for two minutes", async () => {
    await expectBounded({ connectedTailSeconds: 120 });
  });

  it("when no answer ever comes", async () => {
    await expectBounded({ downlinkLossOdds: 1 });
  });

  it("when the modem freezes", async () => {
    await expectBounded({}, ({ meter }) => {
      meter.modem.freeze();
    });
  });
});

/** Sends that on the service line every so often, from the evening of the first day to the end. */
function babble(everySeconds: number, bytes: Uint8Array): Befall {
  return ({ scheduler, board }) => {
    const line = board.uarts.get("service");
    const say = (): void => {
      line?.input(bytes);
      if (scheduler.nowMicroseconds < days * daySeconds * 1e6) scheduler.schedule(everySeconds * 1e6, say);
    };
    say();
  };
}

describe("whoever has the service line but no key costs the battery at most 5 mAh a day", () => {
  it("with a byte a minute", async () => {
    await expectBounded({}, babble(60, Buffer.from("x")));
  });

  it("with noise that never ends", async () => {
    await expectBounded({}, babble(1, Buffer.from("x".repeat(4000))));
  });

  it("with lines of noise that never end", async () => {
    await expectBounded({}, babble(1, Buffer.from("x\r\n".repeat(100))));
  });

  it("with requests that never end", async () => {
    const request = sealLine('{"jsonrpc":"2.0","id":1,"method":"readIndex"}');
    await expectBounded({}, babble(1, Buffer.from(`\r\n${request}\r\n`)));
  });

  it("with a byte a minute where there is no network", async () => {
    const network = { outages: [{ fromSeconds: eveningSeconds, toSeconds: 2 * days * daySeconds }] };
    await expectBounded(network, babble(60, Buffer.from("x")), chargeByDay(network));
  });
});

describe("a meter whose battery is empty", () => {
  it("is dead, and that is told", async () => {
    // Enough for some four days.
    const { report, differences } = await run({
      ...householdOptions(8, 4),
      battery: { capacityMilliampereHours: 6 },
    });
    expect(report.died).toBeGreaterThan(3 * daySeconds);
    expect(report.died).toBeLessThan(6 * daySeconds);
    expect(report.simulatedSeconds).toBe(report.died);
    expect(differences[0]?.message).toMatch(
      /^the battery is empty after \d\.\d days, and the meter is dead$/,
    );
  });
});
