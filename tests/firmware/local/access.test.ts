import { describe, expect, it } from "@jest/globals";
import {
  commands,
  type CommandName,
  type ParametersOf,
} from "../../../firmware/contracts/service-commands.js";
import { ErrorCode } from "../../../firmware/contracts/service-protocol.js";
import { type Refused, type Terminal, testKeys } from "../../sim/unit/terminal.js";
import { withUnit } from "../../sim/unit/unit-visit.js";

/** Parameters that are in order, for each command that has some. */
const parameters: { readonly [Name in CommandName]?: ParametersOf<Name> } = {
  setSetting: { name: "billingDay", value: 2 },
  readLog: { first: 1, count: 1 },
  pulseCounts: { windowMilliseconds: 10 },
  moveValve: { direction: "close" },
  modem: { signalSeconds: 0 },
  clockDrift: { windowMilliseconds: 10 },
  writeSerial: { serialNumber: "1" },
  writeCalibration: { pulseWeightMillilitres: 1 },
  writeKeys: testKeys,
  sleep: { seconds: 1 },
};

function namesOf(level: string): CommandName[] {
  return commands.filter((command) => command.level === level).map(({ name }) => name);
}

/** With what code a command is refused; 0 when it is carried out. */
async function codeOf(answer: Promise<unknown>): Promise<number> {
  return answer.then(
    () => 0,
    (error: unknown) => (error as Refused).code,
  );
}

function ask(terminal: Terminal, name: CommandName): Promise<unknown> {
  return (terminal.ask as (name: CommandName, params?: object) => Promise<unknown>).call(
    terminal,
    name,
    parameters[name],
  );
}

/** Details of the failed authentications in the whole event log, the oldest first. */
async function failuresTold(terminal: Terminal): Promise<number[]> {
  const told: number[] = [];
  const { newestEvent } = await terminal.ask("status");
  for (let first = 1; first <= newestEvent; first += 8) {
    const { entries } = await terminal.ask("readLog", { first, count: 8 });
    const failures = entries.filter(({ event }) => event === "authentication-failed");
    told.push(...failures.map(({ detail }) => detail));
  }
  return told;
}

async function restart(terminal: Terminal): Promise<void> {
  terminal.unit.bench.setSupply(false);
  terminal.unit.bench.setSupply(true);
  await terminal.wake();
}

async function lockedUnit(visit: (terminal: Terminal) => Promise<void>): Promise<void> {
  await withUnit({}, async (terminal) => {
    await terminal.provision();
    await terminal.ask("lock");
    await visit(terminal);
  });
}

describe("after the lock", () => {
  it.each(namesOf("production"))("%s is refused", async (name) => {
    await lockedUnit(async (terminal) => {
      expect(await codeOf(ask(terminal, name))).toBe(ErrorCode.locked);
    });
  });

  it.each(namesOf("authenticated"))("%s asks for a session, which the service key opens", async (name) => {
    await lockedUnit(async (terminal) => {
      expect(await codeOf(ask(terminal, name))).toBe(ErrorCode.notAuthenticated);
      await terminal.authenticate();
      expect(await codeOf(ask(terminal, name))).toBe(0);
    });
  });

  it("stays locked when power comes back, and when the chip is reset", async () => {
    await lockedUnit(async (terminal) => {
      await restart(terminal);
      expect((await terminal.ask("identify")).locked).toBe(true);
      terminal.unit.board.reset("watchdog");
      await terminal.wake();
      expect((await terminal.ask("identify")).locked).toBe(true);
    });
  });

  it.each([0xff, 0x00, 0xa5])("is locked with its settings' flash full of %d", async (filling) => {
    await lockedUnit(async (terminal) => {
      terminal.unit.flash.partition("settings")?.flash.image.fill(filling);
      await restart(terminal);
      expect((await terminal.ask("identify")).locked).toBe(true);
      expect(await codeOf(ask(terminal, "writeKeys"))).toBe(ErrorCode.locked);
      expect(await codeOf(terminal.authenticate())).toBe(ErrorCode.notReady);
      expect(await codeOf(terminal.unlock(1))).toBe(ErrorCode.notReady);
    });
  });
});

describe("before the lock", () => {
  it("needs no session, for there is no key yet", async () => {
    await withUnit({}, async (terminal) => {
      for (const name of namesOf("authenticated")) expect(await codeOf(ask(terminal, name))).toBe(0);
    });
  });

  it("does not lock without serial number, calibration and keys", async () => {
    await withUnit({}, async (terminal) => {
      await expect(terminal.ask("lock")).rejects.toThrow(
        "nothing was written yet: serial number, calibration, device key, service key, unlock key",
      );
      await terminal.ask("writeSerial", { serialNumber: "1" });
      await terminal.ask("writeKeys", testKeys);
      await expect(terminal.ask("lock")).rejects.toThrow("nothing was written yet: calibration");
      expect((await terminal.ask("identify")).locked).toBe(false);
    });
  });

  it("neither contacts the head-end nor moves its valve by itself", async () => {
    await withUnit({}, async (terminal, unit) => {
      await terminal.ask("identify");
      await unit.clock.wait(3 * 86_400_000);
      const log = await terminal.wake().then(() => terminal.ask("readLog", { first: 1, count: 8 }));
      expect(log.entries.map(({ event }) => event)).toEqual(["power-on"]);
    });
  });
});

describe("a challenge", () => {
  it("can't be foreseen in any of its 16 bytes", async () => {
    await withUnit({}, async (terminal) => {
      const challenges: Buffer[] = [];
      for (let count = 0; count < 8; count++)
        challenges.push(Buffer.from((await terminal.ask("challenge")).challenge, "hex"));
      const seen = Array.from({ length: 16 }, (_, at) => new Set(challenges.map((bytes) => bytes.at(at))));
      for (const values of seen) expect(values.size).toBeGreaterThan(4);
      expect(challenges.every(({ byteLength }) => byteLength === 16)).toBe(true);
    });
  });
});

describe("a session", () => {
  it("is refused a response to another challenge, or to one that was used", async () => {
    await lockedUnit(async (terminal) => {
      await terminal.ask("challenge");
      expect(await codeOf(terminal.ask("authenticate", { response: "0".repeat(64) }))).toBe(
        ErrorCode.authenticationFailed,
      );
      expect(await codeOf(terminal.ask("authenticate", { response: "0".repeat(64) }))).toBe(
        ErrorCode.notReady,
      );
    });
  });

  it("is refused a challenge that is too old", async () => {
    await lockedUnit(async (terminal) => {
      await terminal.ask("challenge");
      await terminal.unit.clock.wait(40_000);
      await terminal.ask("identify");
      await terminal.unit.clock.wait(30_000);
      expect(await codeOf(terminal.ask("authenticate", { response: "0".repeat(64) }))).toBe(
        ErrorCode.notReady,
      );
    });
  });

  it("is not opened by another meter's key, and ends after five silent minutes", async () => {
    await lockedUnit(async (terminal) => {
      expect(await codeOf(terminal.authenticate("11".repeat(16)))).toBe(ErrorCode.authenticationFailed);
      await terminal.authenticate();
      for (let minute = 0; minute < 7; minute++) {
        await terminal.unit.clock.wait(50_000);
        await terminal.ask("identify");
      }
      expect(await codeOf(ask(terminal, "getSettings"))).toBe(ErrorCode.notAuthenticated);
    });
  });

  it("is paused after three failures, for no longer after each, over losses of power too", async () => {
    await lockedUnit(async (terminal) => {
      for (let failure = 0; failure < 3; failure++)
        expect(await codeOf(terminal.authenticate("11".repeat(16)))).toBe(ErrorCode.authenticationFailed);
      const refusal = async () => terminal.authenticate().catch((error: unknown) => error as Refused);
      expect(await refusal()).toMatchObject({ code: ErrorCode.lockedOut, data: 30 });
      await restart(terminal);
      expect(await refusal()).toMatchObject({ code: ErrorCode.lockedOut, data: 30 });
      await terminal.unit.clock.wait(30_000);
      expect(await codeOf(terminal.authenticate("11".repeat(16)))).toBe(ErrorCode.authenticationFailed);
      expect(await refusal()).toMatchObject({ code: ErrorCode.lockedOut, data: 30 });
      await terminal.unit.clock.wait(30_000);
      await terminal.authenticate();
      expect(await failuresTold(terminal)).toEqual([1, 2, 3, 4]);
    });
  });
});

describe("the pause after too many failures", () => {
  it.each(["watchdog", "brown-out", "software"] as const)("is kept over a reset (%s)", async (cause) => {
    await lockedUnit(async (terminal) => {
      await terminal.unit.clock.wait(120_000);
      await terminal.wake();
      for (let failure = 0; failure < 3; failure++) await codeOf(terminal.authenticate("11".repeat(16)));
      terminal.unit.board.reset(cause);
      await terminal.wake();
      expect(await codeOf(terminal.authenticate())).toBe(ErrorCode.lockedOut);
    });
  });
});

describe("somebody who fails on purpose", () => {
  it("once a day for a month keeps nobody out who has the key for more than half a minute", async () => {
    await lockedUnit(async (terminal) => {
      for (let day = 0; day < 30; day++) {
        await terminal.unit.clock.wait(86_400_000);
        await terminal.wake();
        expect(await codeOf(terminal.unlock(1, "11".repeat(16)))).toBe(ErrorCode.authenticationFailed);
      }
      await terminal.unit.clock.wait(30_000);
      await terminal.unlock(1);
      expect(await codeOf(ask(terminal, "rails"))).toBe(0);
    });
  });

  it("again and again leaves room in the event log for others", async () => {
    await lockedUnit(async (terminal) => {
      for (let attempt = 0; attempt < 40; attempt++) {
        await codeOf(terminal.authenticate("11".repeat(16)));
        await terminal.unit.clock.wait(5 * 3_600_000);
        await terminal.wake();
      }
      await terminal.authenticate();
      expect(await failuresTold(terminal)).toEqual([1, 2, 3, 4, 8, 16, 32]);
    });
  });
});

describe("an unlock token", () => {
  it("opens the lock for an hour and leaves an event with its counter", async () => {
    await lockedUnit(async (terminal) => {
      await terminal.unlock(7);
      expect(await codeOf(ask(terminal, "rails"))).toBe(0);
      await terminal.authenticate();
      const { newest } = await terminal.ask("readLog", { first: 1, count: 1 });
      const { entries } = await terminal.ask("readLog", { first: newest, count: 1 });
      expect(entries).toMatchObject([{ event: "unlocked", detail: 7 }]);
      await terminal.unit.clock.wait(3_600_000);
      await terminal.wake();
      expect(await codeOf(ask(terminal, "rails"))).toBe(ErrorCode.locked);
    });
  });

  it("is good once, for this meter, under this meter's key", async () => {
    await lockedUnit(async (terminal) => {
      expect(await codeOf(terminal.unlock(1, testKeys.serviceKey))).toBe(ErrorCode.authenticationFailed);
      expect(await codeOf(terminal.unlock(1, testKeys.unlockKey, "020000000008"))).toBe(
        ErrorCode.authenticationFailed,
      );
      await terminal.unlock(5);
      await terminal.ask("lock");
      expect(await codeOf(terminal.unlock(5))).toBe(ErrorCode.authenticationFailed);
      expect(await codeOf(terminal.unlock(4))).toBe(ErrorCode.authenticationFailed);
      await restart(terminal);
      expect(await codeOf(terminal.unlock(5))).toBe(ErrorCode.authenticationFailed);
      await terminal.unit.clock.wait(30_000);
      await terminal.unlock(6);
    });
  });

  it("opens nothing over a loss of power or a reset", async () => {
    await lockedUnit(async (terminal) => {
      await terminal.unlock(1);
      terminal.unit.board.reset("software");
      await terminal.wake();
      expect(await codeOf(ask(terminal, "rails"))).toBe(ErrorCode.locked);
      await terminal.unlock(2);
      await restart(terminal);
      expect(await codeOf(ask(terminal, "rails"))).toBe(ErrorCode.locked);
    });
  });
});

describe("a token that was used", () => {
  const others = commands
    .map(({ name }) => name)
    .filter((name) => name !== "authenticate" && name !== "unlock");

  it.each(others)("is refused again after %s, which forgets no failed attempt either", async (name) => {
    await lockedUnit(async (terminal) => {
      await terminal.unlock(7);
      await terminal.authenticate();
      for (let failure = 0; failure < 2; failure++) await codeOf(terminal.authenticate("11".repeat(16)));
      expect(await codeOf(ask(terminal, name))).toBe(0);
      await terminal.wake();
      expect(await codeOf(terminal.unlock(7))).toBe(ErrorCode.authenticationFailed);
      // The third failure in a row: now nobody is heard for a while.
      expect(await codeOf(terminal.unlock(8))).toBe(ErrorCode.lockedOut);
    });
  });
});
