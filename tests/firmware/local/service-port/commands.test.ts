import { describe, expect, it } from "@jest/globals";
import { createHash } from "node:crypto";
import { sealLine } from "../../../../firmware/contracts/service-line.js";
import { ErrorCode } from "../../../../firmware/contracts/service-protocol.js";
import { gas } from "../../../../firmware/products/gas.js";
import type { Refused, Terminal } from "../../../sim/unit/terminal.js";
import { testKeys } from "../../../sim/unit/terminal.js";
import { withUnit } from "../../../sim/unit/unit-visit.js";

async function refusalOf(answer: Promise<unknown>): Promise<Refused> {
  return answer.then(
    () => {
      throw new Error("nothing was refused");
    },
    (error: unknown) => error as Refused,
  );
}

const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

describe("a line", () => {
  it.each([
    ['{"jsonrpc":"2.0","id":1,"method":"identify"}*0000\n', -32700],
    ["hello\n", -32700],
    [`${"x".repeat(600)}\n`, -32700],
  ])("that is none is answered with an error and the id null: %j", async (line, code) => {
    await withUnit({}, async (terminal, unit) => {
      terminal.sendRaw(line);
      await unit.clock.wait(200);
      expect(JSON.parse(terminal.lines.at(-1) ?? "")).toMatchObject({ id: null, error: { code } });
    });
  });

  it("is refused while a command is under way", async () => {
    await withUnit({}, async (terminal) => {
      const counting = terminal.ask("pulseCounts", { windowMilliseconds: 1000 });
      await terminal.unit.clock.wait(100);
      terminal.sendRaw(`${sealLine('{"jsonrpc":"2.0","id":"second","method":"identify"}')}\n`);
      await counting;
      const refusal = terminal.lines.find((line) => line?.includes('"second"')) ?? "{}";
      expect(JSON.parse(refusal)).toMatchObject({ id: "second", error: { code: ErrorCode.busy } });
    });
  });

  it("with parameters that are wrong is told what is right", async () => {
    await withUnit({}, async (terminal) => {
      const refusal = await refusalOf(terminal.ask("sleep", { seconds: 0 }));
      expect(refusal).toMatchObject({
        code: ErrorCode.badParameters,
        message: "seconds must be a whole number from 1 to 3600",
      });
      expect(await refusalOf(terminal.ask("moveValve", { direction: "up" as "open" }))).toMatchObject({
        message: "direction must be one of open, close",
      });
      expect(await refusalOf(terminal.ask("writeKeys", { ...testKeys, unlockKey: "0x" }))).toMatchObject({
        message: "unlockKey must be 32 hexadecimal digits",
      });
      const more = { serialNumber: "1", more: 1 } as { serialNumber: string };
      expect(await refusalOf(terminal.ask("writeSerial", more))).toMatchObject({
        message: "parameters: serialNumber",
      });
    });
  });
});

describe("calibration", () => {
  it("begins a new epoch each time, which the records carry, and leaves the register as it is", async () => {
    await withUnit({}, async (terminal, unit) => {
      const playing = unit.bench.playPulses({ forward: 5, reverse: 1, hertz: 5 });
      await terminal.ask("identify");
      await playing;
      const before = await terminal.ask("readIndex");
      expect(before).toMatchObject({ forwardPulses: 5, reversePulses: 1, calibrationEpoch: 0 });
      expect(await terminal.ask("writeCalibration", { pulseWeightMillilitres: 500 })).toEqual({
        pulseWeightMillilitres: 500,
        calibrationEpoch: 1,
      });
      expect(await terminal.ask("setSetting", { name: "debounceMilliseconds", value: 7 })).toMatchObject({
        calibrationEpoch: 2,
      });
      const after = { ...before, pulseWeightMillilitres: 500, calibrationEpoch: 2 };
      expect(await terminal.ask("readIndex")).toEqual(after);
      unit.board.reset("software");
      await terminal.wake();
      expect(await terminal.ask("readIndex")).toEqual(after);
    });
  });

  it("is refused after the lock even in a session, and other settings are not", async () => {
    await lockedSession(async (terminal) => {
      const names = ["pulseWeightMillilitres", "debounceMilliseconds", "magnetSeconds"];
      for (const name of [...names, "checkpointPulses", "checkpointMinimumSeconds"])
        expect(await refusalOf(terminal.ask("setSetting", { name, value: 20 }))).toMatchObject({
          code: ErrorCode.locked,
        });
      await terminal.ask("setSetting", { name: "billingDay", value: 15 });
      expect((await terminal.ask("getSettings"))["billingDay"]).toBe(15);
      expect(await refusalOf(terminal.ask("setSetting", { name: "billingDay", value: 29 }))).toMatchObject({
        message: "billingDay must be a whole number from 1 to 28, not 29",
      });
      expect(await refusalOf(terminal.ask("setSetting", { name: "price", value: 1 }))).toMatchObject({
        message: "there is no such setting",
      });
    });
  });

  it("can be repeated with a token, under a further epoch", async () => {
    await lockedSession(async (terminal) => {
      await terminal.unlock(1);
      const { calibrationEpoch } = await terminal.ask("setSetting", {
        name: "pulseWeightMillilitres",
        value: 990,
      });
      expect(calibrationEpoch).toBe(2);
    });
  });
});

async function lockedSession(visit: (terminal: Terminal) => Promise<void>): Promise<void> {
  await withUnit({}, async (terminal) => {
    await terminal.provision();
    await terminal.ask("lock");
    await terminal.authenticate();
    await visit(terminal);
  });
}

describe("what was written", () => {
  it("is told by its hashes alone, and survives a loss of power", async () => {
    await withUnit({}, async (terminal, unit) => {
      expect(new Set(Object.values(await terminal.ask("readBack")))).toEqual(new Set([""]));
      await terminal.provision();
      const expected = {
        serialNumber: sha256(unit.label),
        calibration: sha256("1000 1"),
        deviceKey: sha256(Buffer.from(testKeys.deviceKey, "hex")),
        serviceKey: sha256(Buffer.from(testKeys.serviceKey, "hex")),
        unlockKey: sha256(Buffer.from(testKeys.unlockKey, "hex")),
      };
      expect(await terminal.ask("readBack")).toEqual(expected);
      unit.bench.setSupply(false);
      unit.bench.setSupply(true);
      await terminal.wake();
      expect(await terminal.ask("readBack")).toEqual(expected);
      for (const key of Object.values(testKeys))
        expect(terminal.lines.some((line) => line?.includes(key))).toBe(false);
    });
  });
});

describe("the valve", () => {
  it("moves fifty times in a power period for the service port, and not once more", async () => {
    await withUnit({}, async (terminal) => {
      for (let move = 0; move < 50; move++) await terminal.ask("moveValve", { direction: "open" });
      const refusal = await refusalOf(terminal.ask("moveValve", { direction: "close" }));
      expect(refusal.code).toBe(ErrorCode.notReady);
      terminal.unit.board.reset("software");
      await terminal.wake();
      expect((await refusalOf(terminal.ask("moveValve", { direction: "close" }))).code).toBe(
        ErrorCode.notReady,
      );
    });
  });
});

describe("a move of the valve that a reset ends", () => {
  it("is one of the fifty, too", async () => {
    await withUnit({}, async (terminal, unit) => {
      for (let move = 0; move < 50; move++) {
        const direction = move % 2 === 0 ? "close" : "open";
        const params = { direction };
        const request = JSON.stringify({ jsonrpc: "2.0", id: `move ${move}`, method: "moveValve", params });
        terminal.sendRaw(`${sealLine(request)}\n`);
        await unit.clock.wait(300);
        unit.board.reset("watchdog");
        await terminal.wake();
      }
      const refusal = await refusalOf(terminal.ask("moveValve", { direction: "open" }));
      expect(refusal.code).toBe(ErrorCode.notReady);
    });
  });
});

describe("the event log", () => {
  it("is read in pages whose records make one chain", async () => {
    await withUnit({}, async (terminal) => {
      for (const value of [2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
        await terminal.ask("setSetting", { name: "billingDay", value });
      const entries = [];
      for (let first = 1; ;) {
        const page = await terminal.ask("readLog", { first, count: 8 });
        entries.push(...page.entries);
        first += page.entries.length;
        if (first > page.newest) break;
      }
      expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
      expect(entries).toHaveLength(11);
      for (let index = 1; index < entries.length; index++) {
        const predecessor = Buffer.from(entries[index - 1]?.record ?? "", "hex").subarray(0, 28);
        const link = (entries[index]?.record ?? "").slice(32, 56);
        expect(link).toBe(sha256(predecessor).slice(0, 24));
      }
    });
  });
});

describe("a gas meter", () => {
  it("says so", async () => {
    await withUnit({ product: gas }, async (terminal) => {
      expect((await terminal.ask("identify")).product).toBe("gas");
      expect((await terminal.ask("readIndex")).pulseWeightMillilitres).toBe(10_000);
    });
  });

  it("has no settings of what it does not do, and nobody can give it one", async () => {
    await withUnit({ product: gas }, async (terminal) => {
      expect(await terminal.ask("getSettings")).toEqual(gas.settings);
      expect(
        await refusalOf(terminal.ask("setSetting", { name: "valveExerciseDays", value: 30 })),
      ).toMatchObject({ code: ErrorCode.badParameters, message: "there is no such setting" });
    });
  });

  it("moves its valve for the factory", async () => {
    await withUnit({ product: gas }, async (terminal) => {
      await terminal.ask("setSetting", { name: "valveTravelTimeoutSeconds", value: 12 });
      expect((await terminal.ask("moveValve", { direction: "open" })).outcome).toBe("reached");
      expect((await terminal.ask("sensors")).valve).toBe("open");
    });
  });
});
