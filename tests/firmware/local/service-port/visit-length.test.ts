import { describe, expect, it } from "@jest/globals";
import { SettingsMemory } from "../../../../firmware/settings/settings-memory.js";
import { VisitBench } from "../../visit-bench.js";

describe("a command that takes longer than a visitor may be silent", () => {
  it("is carried out, and the visitor's minute begins when it is answered", async () => {
    const bench = new VisitBench();
    await bench.visit("power-on", async () => {
      bench.modem = {
        pressPowerKey: () => Promise.resolve(),
        start: () =>
          new Promise((resolve) => {
            bench.clock.setTimer(() => {
              resolve({ ok: false, code: "no-sim" });
            }, 90_000);
          }),
        close: () => undefined,
      };
      Object.assign(bench.meter, { openModem: () => bench.modem });
      const { error } = await bench.ask("modem", { signalSeconds: 0 }, 90_000);
      expect(error?.message).toBe("modem no-sim");
      await bench.clock.advance(59_000);
      expect(bench.isListening).toBe(true);
      await bench.clock.advance(2000);
      expect(bench.isListening).toBe(false);
    });
  });
});

describe("what a visitor writes", () => {
  it("is kept for the next wake at once, before the visit ends", async () => {
    const bench = new VisitBench();
    await bench.visit("power-on", async () => {
      await bench.ask("writeSerial", { serialNumber: "W9" });
      expect(new SettingsMemory(bench.retained).serialNumber).toBe("W9");
    });
  });

  it("stands in the event log: serial number, calibration, keys, lock", async () => {
    const bench = new VisitBench();
    await bench.makeSealed();
    expect(bench.events).toEqual([
      "power-on 0",
      "serial-written 0",
      "calibrated 1",
      "keys-written 3",
      "locked 0",
    ]);
  });
});
