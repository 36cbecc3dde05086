import { describe, expect, it } from "@jest/globals";
import { settingTable } from "../../../firmware/settings/setting-table.js";
import { ErrorCode } from "../../../firmware/contracts/service-protocol.js";
import { AccessMemory } from "../../../firmware/local/access-memory.js";
import { settle } from "../../virtual-clock.js";
import { type Answer, keys, VisitBench } from "../visit-bench.js";

const settingsRefuse = { code: ErrorCode.hardwareFailure, message: "the settings' flash refuses" };
const eventsRefuse = { code: ErrorCode.hardwareFailure, message: "the event log's flash refuses" };

/** A visit to a sealed meter; what it leaves is looked at in it. */
async function visitSealed(visit: (bench: VisitBench) => Promise<void>): Promise<void> {
  const bench = new VisitBench();
  await bench.makeSealed();
  await bench.visit("service", () => visit(bench));
}

/** A visit to a meter in production. */
async function visitNew(visit: (bench: VisitBench) => Promise<void>): Promise<void> {
  const bench = new VisitBench();
  await bench.visit("power-on", () => visit(bench));
}

async function isLocked(bench: VisitBench): Promise<unknown> {
  return (await bench.ask("identify")).result?.["locked"];
}

async function errorOf(answer: Promise<Answer>): Promise<Answer["error"]> {
  return (await answer).error;
}

describe("the settings' flash refuses while somebody authenticates", () => {
  it("and the right response opens no session, for the attempt could not be counted", async () => {
    await visitSealed(async (bench) => {
      bench.refuse("settings");
      expect(await errorOf(bench.authenticate())).toEqual(settingsRefuse);
      expect(await errorOf(bench.ask("getSettings"))).toMatchObject({ code: ErrorCode.notAuthenticated });
    });
  });

  it("and a wrong one is not even judged", async () => {
    await visitSealed(async (bench) => {
      bench.refuse("settings");
      expect(await errorOf(bench.authenticate(keys.deviceKey))).toEqual(settingsRefuse);
      expect(bench.events).not.toContain("authentication-failed 1");
    });
  });
});

describe("the flash refuses a token", () => {
  it("from its first record on: the meter stays locked", async () => {
    await visitSealed(async (bench) => {
      bench.refuse("settings");
      expect(await errorOf(bench.unlock(1))).toEqual(settingsRefuse);
      expect(await isLocked(bench)).toBe(true);
    });
  });

  it("when it is to be used up: the meter stays locked, and the token is good still", async () => {
    await visitSealed(async (bench) => {
      // The attempt, and that it was right, each in both halves.
      bench.refuse("settings", true, 5);
      expect(await errorOf(bench.unlock(1))).toEqual(settingsRefuse);
      expect(await isLocked(bench)).toBe(true);
      expect(bench.store.accessCounters.unlockCounter).toBe(0);
      bench.refuse("settings", false);
      expect((await bench.unlock(1)).result).toEqual({ locked: false });
    });
  });

  it("in the event log: the meter stays locked, and the token is used up", async () => {
    await visitSealed(async (bench) => {
      bench.refuse("events");
      expect(await errorOf(bench.unlock(1))).toEqual(eventsRefuse);
      expect([await isLocked(bench), bench.store.accessCounters.unlockCounter]).toEqual([true, 1]);
    });
  });
});

describe("the lock", () => {
  it("ends an unlocked hour at once", async () => {
    await visitSealed(async (bench) => {
      await bench.unlock(1);
      expect(await isLocked(bench)).toBe(false);
      expect((await bench.ask("lock")).result).toEqual({ locked: true });
      expect(await errorOf(bench.ask("rails"))).toMatchObject({ code: ErrorCode.locked });
      expect(new AccessMemory(bench.retained).unlockedUntilTicks).toBe(0);
    });
  });

  it("is refused, and nothing burnt, where the event log refuses", async () => {
    await visitNew(async (bench) => {
      await bench.provision();
      bench.refuse("events");
      expect(await errorOf(bench.ask("lock"))).toEqual(eventsRefuse);
      expect([bench.seal.isSealed, await isLocked(bench)]).toEqual([false, false]);
    });
  });

  it("is refused, and the meter still in production, where the seal does not burn", async () => {
    await visitNew(async (bench) => {
      await bench.provision();
      bench.seal.burns = false;
      expect(await errorOf(bench.ask("lock"))).toEqual({
        code: ErrorCode.hardwareFailure,
        message: "the seal does not burn",
      });
      expect([await isLocked(bench), new AccessMemory(bench.retained).isInProduction]).toEqual([false, true]);
    });
  });
});

describe("an unlocked hour", () => {
  it.each([
    ["set forward by a day", 86_400_000],
    ["set back by a day", -86_400_000],
  ])("is an hour of the meter's own time, though the clock is %s", async (_, milliseconds) => {
    const start = 1_772_323_200_000;
    const bench = new VisitBench();
    bench.clock.setWallTime(start, "network");
    await bench.makeSealed();
    const unlocked: unknown[] = [];
    await bench.visit("service", async () => {
      await bench.unlock(1);
      bench.clock.setWallTime(start + milliseconds, "network");
      unlocked.push(await isLocked(bench));
    });
    bench.clock.ticks += 3_600_000;
    await bench.visit("service", async () => {
      unlocked.push(await isLocked(bench));
    });
    expect(unlocked).toEqual([false, true]);
  });

  it("ends to the millisecond", async () => {
    const bench = new VisitBench();
    await bench.makeSealed();
    await bench.visit("service", async () => {
      await bench.unlock(1);
    });
    const { unlockedUntilTicks } = new AccessMemory(bench.retained);
    bench.clock.ticks = unlockedUntilTicks - 1;
    await bench.visit("service", async () => {
      expect(await isLocked(bench)).toBe(false);
      bench.clock.ticks++;
      expect(await isLocked(bench)).toBe(true);
    });
  });
});

describe("the settings' flash refuses", () => {
  it("a setting: the command says so, and the old value counts on", async () => {
    await visitNew(async (bench) => {
      bench.refuse("settings");
      expect(await errorOf(bench.ask("setSetting", { name: "billingDay", value: 9 }))).toEqual(
        settingsRefuse,
      );
      expect((await bench.ask("getSettings")).result?.["billingDay"]).toBe(1);
      expect(bench.events).toEqual(["power-on 0"]);
    });
  });

  it("a calibration: the command says so, and neither epoch nor weight has changed", async () => {
    await visitNew(async (bench) => {
      bench.refuse("settings");
      expect(await errorOf(bench.ask("writeCalibration", { pulseWeightMillilitres: 7 }))).toEqual(
        settingsRefuse,
      );
      expect((await bench.ask("readIndex")).result).toMatchObject({
        pulseWeightMillilitres: 1000,
        calibrationEpoch: 0,
      });
      expect(bench.events).toEqual(["power-on 0", "calibrated 1"]);
    });
  });

  it("a serial number: the command says so, and the meter keeps its name", async () => {
    await visitNew(async (bench) => {
      bench.refuse("settings");
      expect(await errorOf(bench.ask("writeSerial", { serialNumber: "W9" }))).toEqual(settingsRefuse);
      expect((await bench.ask("identify")).result?.["serialNumber"]).toBe("26030001");
      expect(bench.events).toEqual(["power-on 0"]);
    });
  });

  it.each([1, 3, 5])("keys from record %d on: the command says so, and none are told of", async (from) => {
    await visitNew(async (bench) => {
      bench.refuse("settings", true, from);
      expect(await errorOf(bench.ask("writeKeys", keys))).toEqual(settingsRefuse);
      expect(bench.events).toEqual(["power-on 0"]);
    });
  });
});

describe("the event log's flash refuses", () => {
  it("a calibration: the command says so, and neither epoch nor weight has changed", async () => {
    await visitNew(async (bench) => {
      bench.refuse("events");
      expect(await errorOf(bench.ask("writeCalibration", { pulseWeightMillilitres: 7 }))).toEqual(
        eventsRefuse,
      );
      expect((await bench.ask("readIndex")).result).toMatchObject({
        pulseWeightMillilitres: 1000,
        calibrationEpoch: 0,
      });
      expect(bench.store.calibration).toBeUndefined();
    });
  });

  it("a setting: the command says so, for the change is told nowhere", async () => {
    await visitNew(async (bench) => {
      bench.refuse("events");
      expect(await errorOf(bench.ask("setSetting", { name: "billingDay", value: 9 }))).toEqual(eventsRefuse);
      expect((await bench.ask("getSettings")).result?.["billingDay"]).toBe(9);
    });
  });

  it("a serial number: the command says so, and the meter is called what the store says", async () => {
    await visitNew(async (bench) => {
      bench.refuse("events");
      expect(await errorOf(bench.ask("writeSerial", { serialNumber: "W9" }))).toEqual(eventsRefuse);
      expect((await bench.ask("identify")).result?.["serialNumber"]).toBe("W9");
    });
  });

  it("keys: the command says so", async () => {
    await visitNew(async (bench) => {
      bench.refuse("events");
      expect(await errorOf(bench.ask("writeKeys", keys))).toEqual(eventsRefuse);
    });
  });
});

describe("a self-test", () => {
  it.each(["journal", "settings", "events"])("shows that the %s' flash refuses", async (partition) => {
    await visitNew(async (bench) => {
      bench.meter.hardware.crypto.encryptAes128Block = () => new Uint8Array(16);
      const healthy = { journal: true, settings: true, events: true };
      expect((await bench.ask("selfTest")).result).toMatchObject(healthy);
      bench.refuse(partition);
      bench.meter.note("magnet", 1);
      expect((await bench.ask("selfTest")).result).toMatchObject({ ...healthy, [partition]: false });
    });
  });
});

describe("a change of the pulse weight", () => {
  it("by its setting begins an epoch too, which the event log and the records have", async () => {
    await visitNew(async (bench) => {
      bench.input.pass(3);
      const { result } = await bench.ask("setSetting", { name: "pulseWeightMillilitres", value: 10 });
      expect(result).toMatchObject({ value: 10, calibrationEpoch: 1 });
      expect(bench.events).toEqual([
        "power-on 0",
        "calibrated 1",
        `setting-changed ${settingTable.pulseWeightMillilitres.id}`,
      ]);
      expect(bench.journal.newest).toMatchObject({
        ...{ cause: "calibration", calibrationEpoch: 1, forwardPulses: 3 },
      });
      expect(bench.store.calibration).toEqual({ epoch: 1, pulseWeightMillilitres: 10 });
    });
  });

  it("is counted under the old epoch up to it and under the new one from it on", async () => {
    await visitNew(async (bench) => {
      await bench.ask("writeCalibration", { pulseWeightMillilitres: 10 });
      bench.input.pass(3);
      const causes: string[] = [];
      const { metering } = bench.meter;
      const checkpoint = metering.checkpoint.bind(metering);
      metering.checkpoint = (cause) => {
        const isStored = checkpoint(cause);
        const { newest } = bench.journal;
        causes.push(`${newest?.cause} ${newest?.calibrationEpoch} ${newest?.forwardPulses}`);
        return isStored;
      };
      await bench.ask("writeCalibration", { pulseWeightMillilitres: 20 });
      expect(causes).toEqual(["calibration 1 3", "calibration 2 3"]);
    });
  });
});

describe("the modem at the service port", () => {
  const fine = { ok: true, value: undefined } as const;

  it("is asked once the register is written down, and is switched off again and let go of", async () => {
    await visitNew(async (bench) => {
      const steps: string[] = [];
      bench.modem = {
        pressPowerKey: () => Promise.resolve(void steps.push(`key ${bench.journal.newest?.forwardPulses}`)),
        start: () => Promise.resolve(fine),
        identity: () => Promise.resolve({ ok: true, value: { imei: "1", imsi: "2", iccid: "3" } }),
        signal: () => Promise.resolve({ ok: false, code: "no-network" }),
        close: () => steps.push("close"),
      };
      Object.assign(bench.meter, { openModem: () => bench.modem });
      bench.input.pass(4);
      expect((await bench.ask("modem", { signalSeconds: 0 })).result).toMatchObject({ hasSignal: false });
      expect(steps).toEqual(["key 4", "key 4", "close"]);
    });
  });

  it("that does not answer is off: its key is not pressed again, which would switch it on", async () => {
    await visitNew(async (bench) => {
      const steps: string[] = [];
      bench.modem = {
        pressPowerKey: () => Promise.resolve(void steps.push("key")),
        start: () => Promise.resolve({ ok: false, code: "no-answer" }),
        close: () => steps.push("close"),
      };
      Object.assign(bench.meter, { openModem: () => bench.modem });
      expect(await errorOf(bench.ask("modem", { signalSeconds: 0 }))).toMatchObject({
        message: "modem no-answer",
      });
      expect(steps).toEqual(["key", "close"]);
    });
  });
});

describe("the test of the flash", () => {
  it("leaves the partition blank", async () => {
    await visitNew(async (bench) => {
      expect((await bench.ask("flashTest", undefined, 10)).result).toMatchObject({ failedSectors: [] });
      await settle();
      expect(bench.flash.partition("scratch").nor.image.every((byte) => byte === 0xff)).toBe(true);
    });
  });

  it("finds a sector that can't be erased at the end", async () => {
    await visitNew(async (bench) => {
      let erases = 0;
      bench.flash.partition("scratch").onStep = ({ kind }) =>
        kind === "erase" && ++erases === 3 ? "refused" : undefined;
      expect((await bench.ask("flashTest", undefined, 10)).result).toMatchObject({ failedSectors: [0] });
    });
  });
});
