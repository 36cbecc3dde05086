import { describe, expect, it } from "@jest/globals";
import { ErrorCode } from "../../../firmware/contracts/service-protocol.js";
import { SimulatedUnit } from "../../../sim/unit/simulated-unit.js";
import type { PlantedFault } from "../../../sim/unit/unit-faults.js";
import { Terminal } from "./terminal.js";
import { engines, withUnit } from "./unit-visit.js";

async function factoryLine(terminal: Terminal): Promise<object[]> {
  const { unit } = terminal;
  const counting = terminal.ask("pulseCounts", { windowMilliseconds: 5000 });
  await unit.bench.playPulses({ forward: 6, reverse: 2, hertz: 2 });
  const results: object[] = [await counting, await terminal.ask("identify"), await terminal.ask("rails")];
  results.push(await terminal.ask("moveValve", { direction: "close" }));
  results.push(await terminal.ask("flashTest"), await terminal.ask("modem", { signalSeconds: 10 }));
  await terminal.provision();
  results.push(await terminal.ask("readBack"), await terminal.ask("lock"));
  return results;
}

describe("a unit from the soldering line", () => {
  it("goes the same way on Node and on XS, to the byte", async () => {
    const run = (engine: keyof typeof engines) =>
      withUnit({ engine: engines[engine] }, async (terminal, unit) => ({
        results: await factoryLine(terminal),
        trace: unit.trace.digest(),
      }));
    expect(await run("xs")).toEqual(await run("node"));
  });

  it("counts what the pulse source plays, each way", async () => {
    const [counts] = await withUnit({}, factoryLine);
    expect(counts).toMatchObject({ forward: 6, reverse: 2, illegalTransitions: 0, sensorFaults: 0 });
  });

  it("draws microamperes while it sleeps, and says nothing", async () => {
    await withUnit({}, async (terminal, unit) => {
      await terminal.ask("sleep", { seconds: 60 });
      await unit.clock.wait(100);
      expect((await unit.bench.measureSupply(2000)).microamperes).toBeLessThan(40);
      await terminal.wake();
      expect((await terminal.ask("identify")).locked).toBe(false);
    });
  });

  it("sleeps again when nobody has said anything for a minute", async () => {
    await withUnit({}, async (_terminal, unit) => {
      await unit.clock.wait(3500);
      expect(unit.board.isAwake).toBe(false);
    });
    await withUnit({}, async (terminal, unit) => {
      await terminal.ask("identify");
      await unit.clock.wait(59_000);
      expect(unit.board.isAwake).toBe(true);
      await unit.clock.wait(2500);
      expect(unit.board.isAwake).toBe(false);
    });
  });

  it("notices a magnet", async () => {
    await withUnit({}, async (terminal, unit) => {
      await terminal.ask("identify");
      unit.bench.holdMagnet(true);
      await unit.clock.wait(16_000);
      expect((await terminal.ask("sensors")).magnetPresent).toBe(true);
      unit.bench.holdMagnet(false);
      await unit.clock.wait(100);
      expect((await terminal.ask("sensors")).magnetPresent).toBe(false);
    });
  });

  it("answers nothing without supply, and all again when it is back", async () => {
    const unit = await SimulatedUnit.create({ seed: 7, engine: engines.node });
    const terminal = new Terminal(unit);
    await expect(terminal.wake()).rejects.toThrow("does not wake");
    unit.bench.setSupply(true);
    await terminal.wake();
    unit.bench.unplug();
    expect((await unit.bench.measureSupply(100)).microamperes).toBe(0);
    unit.bench.plugIn();
    await terminal.wake();
    unit.close();
  });
});

describe("a fault", () => {
  const shows: readonly (readonly [PlantedFault, (terminal: Terminal) => Promise<boolean>])[] = [
    ["weak-battery", async (terminal) => ((await terminal.ask("rails")).rails[0]?.millivolts ?? 0) > 3400],
    [
      "sleep-leak",
      async (terminal) => {
        await terminal.ask("sleep", { seconds: 60 });
        await terminal.unit.clock.wait(100);
        return (await terminal.unit.bench.measureSupply(2000)).microamperes < 40;
      },
    ],
    ["dead-reed", arePulsesRight],
    ["bouncing-reed", arePulsesRight],
    ["swapped-reeds", arePulsesRight],
    ["stuck-valve", doesValveClose],
    ["reversed-motor", doesValveClose],
    ["slow-valve", doesValveClose],
    [
      "no-sim",
      async (terminal) => {
        const answer = terminal.ask("modem", { signalSeconds: 10 });
        return answer.then(
          () => true,
          (error: unknown) => {
            expect(error).toMatchObject({ code: ErrorCode.hardwareFailure, message: "modem no-sim" });
            return false;
          },
        );
      },
    ],
    ["deaf-modem", async (terminal) => (await terminal.ask("modem", { signalSeconds: 10 })).powerDbm > -110],
    [
      "drifting-crystal",
      async (terminal) => {
        const { startTicks, endTicks } = await terminal.ask("clockDrift", { windowMilliseconds: 10_000 });
        const [started = 0, ended = 0] = terminal.arrivals.slice(-2);
        return Math.abs((endTicks - startTicks) / (ended - started) - 1) < 50e-6;
      },
    ],
    ["bad-flash-sector", async (terminal) => (await terminal.ask("flashTest")).failedSectors.length === 0],
    ["duplicate-serial", (terminal) => Promise.resolve(terminal.unit.label === "10000007")],
    [
      "wrong-firmware",
      async (terminal) => {
        const right = await withUnit({}, (other) => other.ask("identify"));
        return (await terminal.ask("identify")).imageHash === right.imageHash;
      },
    ],
    [
      "unplugged",
      async (terminal) => {
        await terminal.unit.clock.wait(9000);
        return (await terminal.unit.bench.measureSupply(100)).millivolts > 0;
      },
    ],
  ];

  it.each(shows)("%s shows, and does not without it", async (fault, isGood) => {
    expect(await withUnit({}, isGood)).toBe(true);
    expect(await withUnit({ faults: [fault] }, isGood)).toBe(false);
  });

  it("line-noise lets nothing wrong through in either direction", async () => {
    const unit = await SimulatedUnit.create({ seed: 7, engine: engines.node, faults: ["line-noise"] });
    const terminal = new Terminal(unit);
    unit.bench.setSupply(true);
    await expect(terminal.wake()).rejects.toThrow("does not wake");
    expect(terminal.lines.length).toBeGreaterThan(0);
    expect(terminal.lines.filter((line) => line !== undefined)).toEqual([]);
    unit.close();
  });
});

async function arePulsesRight(terminal: Terminal): Promise<boolean> {
  const counting = terminal.ask("pulseCounts", { windowMilliseconds: 6000 });
  await terminal.unit.bench.playPulses({ forward: 6, reverse: 3, hertz: 2 });
  const { forward, reverse, illegalTransitions } = await counting;
  return forward === 6 && reverse === 3 && illegalTransitions === 0;
}

async function doesValveClose(terminal: Terminal): Promise<boolean> {
  const { outcome, travelMilliseconds } = await terminal.ask("moveValve", { direction: "close" });
  return outcome === "reached" && travelMilliseconds < 8000;
}
