import { describe, expect, it } from "@jest/globals";
import type { WakeCause } from "../../hal/power.js";
import { sealLine } from "../../firmware/contracts/service-line.js";
import { DutyMemory } from "../../firmware/duties/duty-memory.js";
import { newestFailures } from "../../firmware/failures/failure-entries.js";
import { AccessMemory } from "../../firmware/local/access-memory.js";
import { crcOfText } from "../../firmware/settings/settings-memory.js";
import { storageOn } from "../../sim/run/flash/flash-access.js";
import { settle } from "../virtual-clock.js";
import { FakeFlash } from "./fake-flash.js";
import { VisitBench } from "./visit-bench.js";

const minute = 60_000;
const identify = `${sealLine('{"jsonrpc":"2.0","id":"babble","method":"identify"}')}\r\n`;

async function sealedBench(): Promise<VisitBench> {
  const bench = new VisitBench();
  await bench.makeSealed();
  return bench;
}

describe("a press of the service button", () => {
  it("makes a contact when nobody says anything, though none is due", async () => {
    const bench = await sealedBench();
    await bench.run("service");
    expect(bench.dutyRuns).toBe(1);
  });

  it("makes none when the visitor was understood", async () => {
    const bench = await sealedBench();
    await bench.visit("service", async () => {
      await bench.ask("identify");
    });
    expect(bench.dutyRuns).toBe(0);
  });

  it("makes none on a meter in production", async () => {
    const bench = new VisitBench();
    await bench.run("power-on");
    await bench.run("service");
    expect(bench.dutyRuns).toBe(0);
  });

  it("is followed by a contact where only garbled lines came, after three seconds as if nothing had", async () => {
    const bench = await sealedBench();
    const startTicks = bench.clock.ticks;
    const run = bench.start("service");
    await settle();
    bench.send("garbled*0000\r\n");
    await bench.clock.advance(4000);
    expect(bench.isListening).toBe(false);
    await bench.clock.until(run);
    expect([bench.dutyRuns, bench.clock.ticks - startTicks <= 4000]).toEqual([1, true]);
  });

  it("leaves no timer behind", async () => {
    const bench = await sealedBench();
    await bench.run("service");
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it("keeps the pulses that come during the visit", async () => {
    const bench = await sealedBench();
    await bench.visit("service", async () => {
      await bench.ask("identify");
      bench.input.pass(25);
      await bench.clock.advance(11_000);
      expect(bench.journal.newest).toMatchObject({ cause: "pulses", forwardPulses: 25 });
    });
  });
});

describe("somebody who never stops talking", () => {
  it("is left after twenty minutes, though it is somebody with a key", async () => {
    const bench = await sealedBench();
    const startTicks = bench.clock.ticks;
    const run = bench.start("service");
    await settle();
    await bench.unlock(1);
    while (bench.isListening && bench.clock.ticks - startTicks < 60 * minute) {
      bench.send(identify);
      await bench.clock.advance(10_000);
    }
    expect(bench.clock.ticks - startTicks).toBeLessThanOrEqual(20 * minute + 10_000);
    expect(bench.clock.ticks - startTicks).toBeGreaterThanOrEqual(20 * minute);
    await bench.clock.until(run);
  });
});

describe("work that never ends", () => {
  it("is no longer covered at the watchdog after half an hour, and is counted during it", async () => {
    const bench = await sealedBench();
    bench.duty = () => new Promise(() => undefined);
    bench.dutyDueTicks = bench.clock.ticks;
    const startTicks = bench.clock.ticks;
    void bench.start("timer");
    await bench.clock.advance(60 * minute);
    const fed = (bench.feeds.at(-1) ?? 0) - startTicks;
    expect(fed).toBeGreaterThan(29 * minute);
    expect(fed).toBeLessThanOrEqual(30 * minute);
  });
});

describe("the seal of the case", () => {
  it.each<WakeCause>(["power-on", "watchdog", "brown-out", "software"])(
    "is looked at by a start (%s) whose retained memory knows nothing",
    async (cause) => {
      const bench = new VisitBench();
      bench.power.retained.losePower();
      await bench.run(cause);
      expect(new AccessMemory(bench.retained).isInProduction).toBe(true);
    },
  );

  it.each<WakeCause>(["watchdog", "brown-out", "software"])(
    "counts at a start (%s), and not what retained memory says of it",
    async (cause) => {
      const bench = new VisitBench();
      await bench.run("power-on");
      bench.seal.isSealed = true;
      await bench.run(cause);
      expect(new AccessMemory(bench.retained).isInProduction).toBe(false);
    },
  );
});

describe("when the next duty is due", () => {
  it.each<WakeCause>(["watchdog", "brown-out", "software"])(
    "is found anew after a reset (%s), whatever was kept",
    async (cause) => {
      const bench = await sealedBench();
      bench.dutyDueTicks = bench.clock.ticks + 3_000_000;
      await bench.run("software");
      expect(new DutyMemory(bench.retained).nextTicks).toBe(bench.dutyDueTicks);
      bench.dutyDueTicks = bench.clock.ticks;
      await bench.run(cause);
      expect(bench.dutyRuns).toBe(1);
    },
  );

  it("is what a wake from sleep has been told, and the duty is left alone", async () => {
    const bench = await sealedBench();
    bench.dutyDueTicks = bench.clock.ticks + 3_000_000;
    const request = await bench.run("software");
    expect(request.untilTicks).toBeLessThanOrEqual(bench.dutyDueTicks);
    bench.dutyDueTicks = bench.clock.ticks;
    await bench.run("timer");
    expect(bench.dutyRuns).toBe(0);
  });
});

describe("a duty that has failed", () => {
  it("rests over a press of the button", async () => {
    const bench = await sealedBench();
    bench.duty = () => Promise.reject(new Error("the duty fails"));
    bench.dutyDueTicks = bench.clock.ticks;
    await bench.run("timer");
    bench.dutyDueTicks = bench.clock.ticks;
    await bench.run("service");
    expect(bench.dutyRuns).toBe(1);
  });
});

describe("a meter told to sleep", () => {
  it("sleeps no longer than until the next value is due to be written down", async () => {
    const bench = new VisitBench();
    bench.input.pass(1);
    await bench.run("power-on");
    const due = bench.meter.metering.nextDueTicks;
    bench.clock.ticks = due - minute;
    const run = bench.start("service");
    await settle();
    expect((await bench.ask("sleep", { seconds: 3600 })).result).toEqual({ untilTicks: due });
    expect((await run).untilTicks).toBe(due);
  });

  it("sleeps as long as it was told where nothing is due before", async () => {
    const bench = await sealedBench();
    bench.seal.isSealed = false;
    await bench.run("software");
    const run = bench.start("service");
    await settle();
    const until = bench.clock.ticks + 5000;
    expect((await bench.ask("sleep", { seconds: 5 })).result).toEqual({ untilTicks: until });
    expect((await run).untilTicks).toBe(until);
  });
});

describe("a new serial number", () => {
  it("is what the meter is called in the same visit and afterwards, and spreads its reports by", async () => {
    const bench = new VisitBench();
    await bench.visit("power-on", async () => {
      expect(bench.meter.serialNumberCrc).toBe(crcOfText("26030001"));
      expect((await bench.ask("writeSerial", { serialNumber: "W9" })).result).toEqual({ serialNumber: "W9" });
      expect((await bench.ask("identify")).result).toMatchObject({ serialNumber: "W9" });
    });
    await bench.run("timer");
    expect([bench.meter.serialNumber, bench.meter.serialNumberCrc]).toEqual(["W9", crcOfText("W9")]);
  });
});

describe("an event", () => {
  it("has no date while the clock's is not trusted, whatever it shows", async () => {
    const bench = new VisitBench();
    bench.clock.setWallTime(1_772_323_200_000, "unset");
    await bench.run("power-on");
    const dates: number[] = [];
    bench.meter.events.visitFrom(0, ({ epochSeconds }) => dates.push(epochSeconds) > 0);
    expect(dates).toEqual([0]);
  });
});

describe("flash that fails in the event log alone", () => {
  it("is noted with how many slots and sectors did", async () => {
    const bench = new VisitBench();
    await bench.run("power-on");
    let programs = 0;
    bench.flash.partition("events").onStep = ({ kind }) =>
      kind === "program" && ++programs === 2 ? "refused" : undefined;
    await bench.run("watchdog");
    expect(bench.events.at(-1)).toBe("flash-fault 1");
  });
});

describe("a meter in production", () => {
  it("does nothing by itself, though a duty is due", async () => {
    const bench = new VisitBench();
    await bench.run("power-on");
    bench.dutyDueTicks = 0;
    await bench.run("timer");
    expect(bench.dutyRuns).toBe(0);
  });

  it("wakes for its duties from the visit on that locks it", async () => {
    const bench = new VisitBench();
    const request = await bench.visit("power-on", async () => {
      await bench.provision();
      await bench.ask("lock");
      bench.dutyDueTicks = 70_000;
    });
    expect(request.untilTicks).toBe(bench.dutyDueTicks);
  });
});

describe("a visit after which a duty is due sooner", () => {
  it("has the meter wake for it", async () => {
    const bench = await sealedBench();
    bench.dutyDueTicks = bench.clock.ticks + 3_000_000;
    await bench.run("software");
    const request = await bench.visit("service", async () => {
      await bench.ask("identify");
      bench.dutyDueTicks = bench.clock.ticks + 80_000;
    });
    expect(request.untilTicks).toBe(bench.dutyDueTicks);
    expect(new DutyMemory(bench.retained).nextTicks).toBe(0);
  });
});

describe("the end of a run", () => {
  it("leaves nobody to be told of a brown-out, and the button to wake the meter", async () => {
    const bench = await sealedBench();
    const request = await bench.run("timer");
    expect([bench.power.onBrownOut, request.onServiceButton]).toEqual([undefined, true]);
  });
});

describe("an unlocked hour", () => {
  it.each<WakeCause>(["power-on", "watchdog", "brown-out", "software"])(
    "is over at a start (%s), whatever retained memory says",
    async (cause) => {
      const bench = await sealedBench();
      await bench.visit("service", async () => {
        await bench.unlock(1);
      });
      expect(new AccessMemory(bench.retained).unlockedUntilTicks).toBeGreaterThan(bench.clock.ticks);
      await bench.run(cause);
      expect(new AccessMemory(bench.retained).unlockedUntilTicks).toBe(0);
    },
  );
});

describe("what a duty throws", () => {
  it("stands in the event log with its place, and in the log of failures with its name", async () => {
    const bench = await sealedBench();
    bench.duty = () => Promise.reject(new TypeError("no such stage"));
    bench.dutyDueTicks = bench.clock.ticks;
    await bench.run("timer");
    expect(bench.events.at(-1)).toBe("duty-failed 1");
    const { image } = bench.flash.partition("failures").nor;
    const failures = newestFailures(storageOn(new FakeFlash(image.length / 4096, image)), 10);
    expect(failures.map(({ text }) => text)).toEqual(["firmware/duties/contact: TypeError: no such stage"]);
  });
});
