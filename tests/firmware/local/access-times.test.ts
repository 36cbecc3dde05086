import { describe, expect, it } from "@jest/globals";
import { challengeSeconds, ErrorCode, sessionSeconds } from "../../../firmware/contracts/service-protocol.js";
import { AccessMemory } from "../../../firmware/local/access-memory.js";
import { SettingsStore } from "../../../firmware/settings/settings-store.js";
import { storageOn } from "../../../sim/run/flash/flash-access.js";
import { keys, VisitBench } from "../visit-bench.js";

async function visitSealed(visit: (bench: VisitBench) => Promise<void>): Promise<void> {
  const bench = new VisitBench();
  await bench.makeSealed();
  await bench.visit("service", () => visit(bench));
}

describe("a session", () => {
  it("lasts from its last command on, to the millisecond", async () => {
    await visitSealed(async (bench) => {
      await bench.authenticate();
      for (let time = 0; time < 3; time++) {
        bench.clock.ticks += sessionSeconds * 1000;
        expect((await bench.ask("getSettings")).error).toBeUndefined();
      }
      bench.clock.ticks += sessionSeconds * 1000 + 1;
      expect((await bench.ask("getSettings")).error?.code).toBe(ErrorCode.notAuthenticated);
    });
  });

  it("is opened by a challenge for so long, and not a millisecond longer", async () => {
    await visitSealed(async (bench) => {
      for (const [late, code] of [
        [0, undefined],
        [1, ErrorCode.notReady],
      ] as const) {
        const ask = bench.ask.bind(bench);
        bench.ask = (method, params) => {
          if (method === "authenticate") bench.clock.ticks += challengeSeconds * 1000 + late;
          return ask(method, params);
        };
        expect((await bench.authenticate()).error?.code).toBe(code);
        bench.ask = ask;
      }
    });
  });

  it("is opened once by one response", async () => {
    await visitSealed(async (bench) => {
      const responses: (object | undefined)[] = [];
      const ask = bench.ask.bind(bench);
      bench.ask = (method, params) => {
        if (method === "authenticate") responses.push(params);
        return ask(method, params);
      };
      expect((await bench.authenticate()).error).toBeUndefined();
      expect((await ask("authenticate", responses[0])).error?.code).toBe(ErrorCode.notReady);
    });
  });
});

describe("a token", () => {
  it("is good once, though the hour is over, and none before it is", async () => {
    await visitSealed(async (bench) => {
      expect((await bench.unlock(5)).error).toBeUndefined();
      expect((await bench.unlock(5)).error?.code).toBe(ErrorCode.authenticationFailed);
      expect((await bench.unlock(4)).error?.code).toBe(ErrorCode.authenticationFailed);
      expect((await bench.unlock(6)).error).toBeUndefined();
    });
  });

  it("has its hour kept at once, for a run that is reset before it ends", async () => {
    await visitSealed(async (bench) => {
      await bench.unlock(1);
      expect(new AccessMemory(bench.retained).unlockedUntilTicks).toBe(bench.clock.ticks + 3_600_000);
    });
  });
});

describe("a wrong response", () => {
  it("has its time kept at once", async () => {
    await visitSealed(async (bench) => {
      bench.clock.ticks += 1234;
      await bench.authenticate(keys.deviceKey);
      expect(new AccessMemory(bench.retained).refusedTicks).toBe(bench.clock.ticks);
    });
  });

  it.each([
    [2, undefined],
    [3, 30],
    [4, 30],
    [1000, 30],
  ])("after %d others costs a pause of %s s", async (failures, seconds) => {
    const bench = new VisitBench();
    await bench.makeSealed();
    const store = new SettingsStore(storageOn(bench.flash.partition("settings")));
    store.storeAccessCounters({ failures, unlockCounter: 0 });
    await bench.run("power-on");
    const refused = bench.clock.ticks;
    new AccessMemory(bench.meter.retained).refusedTicks = refused;
    bench.meter.retained.save();
    await bench.visit("service", async () => {
      const { error } = await bench.authenticate(keys.deviceKey);
      expect(error?.data).toBe(seconds);
    });
  });
});

describe("what the sensor shows", () => {
  it.each(["sensors", "status"] as const)("is what it shows now: %s", async (command) => {
    const bench = new VisitBench();
    await bench.visit("power-on", async () => {
      const shown = async (): Promise<unknown> => {
        const { result } = await bench.ask(command);
        return command === "sensors" ? result?.["wireCut"] : result?.["sensorFault"];
      };
      expect(await shown()).toBe(false);
      bench.input.reading.wireCut = true;
      expect(await shown()).toBe(true);
    });
  });
});
