import { describe, expect, it } from "@jest/globals";
import type { WakeCause } from "../../../../hal/power.js";
import { sealLine } from "../../../../firmware/contracts/service-line.js";
import { settle } from "../../../virtual-clock.js";
import { VisitBench } from "../../visit-bench.js";

const sealedIdentify = `${sealLine('{"jsonrpc":"2.0","id":1,"method":"identify"}')}\n`;

async function sealedBench(): Promise<VisitBench> {
  const bench = new VisitBench();
  await bench.makeSealed();
  return bench;
}

/** A visit ends by a reset, some time after it began; true when the meter can be woken at its port again afterwards. */
async function visitWithReset(bench: VisitBench, cause: WakeCause, milliseconds = 0): Promise<boolean> {
  void bench.start("service");
  await bench.clock.advance(milliseconds);
  bench.clock.dropTimers();
  return (await bench.run(cause)).onServiceButton;
}

describe("visits that a reset ends", () => {
  it.each<WakeCause>(["watchdog", "brown-out", "software"])(
    "(%s) are paid for like others: after five minutes' worth of them the meter is deaf",
    async (cause) => {
      const bench = await sealedBench();
      let visits = 0;
      while (visits < 100 && (await visitWithReset(bench, cause))) visits++;
      expect(visits).toBeLessThan(12);
      expect(visits).toBeGreaterThan(5);
    },
  );

  it("before the lock cost nothing that is missed after it", async () => {
    const bench = new VisitBench();
    await bench.run("power-on");
    for (let visits = 0; visits < 50; visits++) expect(await visitWithReset(bench, "watchdog")).toBe(true);
    await bench.visit("service", async () => {
      await bench.provision();
      await bench.ask("lock");
    });
    expect(await visitWithReset(bench, "watchdog")).toBe(true);
  });
});

describe("a contact that follows a visit", () => {
  it("is paid for when a reset ends it, too", async () => {
    const bench = await sealedBench();
    bench.duty = () => new Promise(() => undefined);
    // Nobody says anything for three seconds, and the contact follows.
    while (bench.clock.ticks < 3_600_000 && (await visitWithReset(bench, "watchdog", 4000)));
    expect(bench.dutyRuns).toBeGreaterThan(0);
    expect(bench.dutyRuns).toBeLessThan(6);
  });
});

describe("a visit leaves no timer behind", () => {
  it("when nobody says anything more", async () => {
    const bench = await sealedBench();
    await bench.visit("service", async () => {
      await bench.ask("identify");
    });
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it("when the meter is told to sleep", async () => {
    const bench = new VisitBench();
    await bench.visit("power-on", async () => {
      await bench.ask("sleep", { seconds: 60 });
    });
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it("when not even a failed command can be answered", async () => {
    const bench = new VisitBench();
    const run = bench.start("power-on");
    await settle();
    const fail = (): never => {
      throw new Error("no way out");
    };
    Object.assign(bench.meter, { logFailure: fail });
    Object.defineProperty(bench.meter.hardware, "hardwareId", { get: fail });
    bench.send(sealedIdentify);
    await expect(run).rejects.toThrow("no way out");
    expect(bench.clock.pendingTimers).toBe(0);
  });
});
