import { describe, expect, it } from "@jest/globals";
import { sealLine } from "../../../firmware/contracts/service-line.js";
import type { SimulatedUnit } from "../../../sim/unit/simulated-unit.js";
import { type Terminal, testKeys } from "../../sim/unit/terminal.js";
import { withUnit } from "../../sim/unit/unit-visit.js";

const minuteMilliseconds = 60_000;
const quarterMilliseconds = 15 * minuteMilliseconds;
const request = `${sealLine('{"jsonrpc":"2.0","id":"x","method":"readIndex"}')}\r\n`;

async function lockedUnit(visit: (terminal: Terminal, unit: SimulatedUnit) => Promise<void>): Promise<void> {
  await withUnit({}, async (terminal, unit) => {
    await terminal.provision();
    await terminal.ask("lock");
    await visit(terminal, unit);
  });
}

/** Somebody asks and asks for a quarter of an hour; how long the meter was awake for it, to the second. */
async function pester(terminal: Terminal): Promise<number> {
  const { unit } = terminal;
  let seconds = 0;
  for (const end = unit.clock.nowMilliseconds + quarterMilliseconds; unit.clock.nowMilliseconds < end;) {
    terminal.sendRaw(request);
    await unit.clock.wait(1000);
    if (unit.board.isAwake) seconds++;
  }
  return seconds;
}

describe("a sealed meter's port", () => {
  it("listens five minutes at most to somebody without a key, and then is deaf to the button too", async () => {
    await lockedUnit(async (terminal, unit) => {
      // The meter's own first contact is not for the visitor.
      await unit.clock.wait(2 * minuteMilliseconds);
      const seconds = await pester(terminal);
      // The contact that follows a visit is part of it, and costs three times its length.
      expect(seconds).toBeGreaterThan(230);
      expect(seconds).toBeLessThan(315);
      expect(unit.board.isAwake).toBe(false);
      unit.board.pressServiceButton();
      expect(unit.board.isAwake).toBe(false);
    });
  });

  it("listens again for some seconds within 17 minutes, long enough to show a key", async () => {
    await lockedUnit(async (terminal, unit) => {
      await pester(terminal);
      await unit.clock.wait(17 * minuteMilliseconds);
      await terminal.wake();
      await terminal.authenticate();
      expect(await terminal.ask("getSettings")).toMatchObject({ intervalSeconds: 3600 });
    });
  });

  it("listens to whoever has shown the key as long as ever, and that costs later visitors nothing", async () => {
    await lockedUnit(async (terminal, unit) => {
      await terminal.authenticate();
      for (let minute = 0; minute < 18; minute++) {
        await unit.clock.wait(minuteMilliseconds * 0.9);
        await terminal.ask("getSettings");
      }
      await unit.clock.wait(2 * minuteMilliseconds);
      expect(unit.board.isAwake).toBe(false);
      await terminal.wake();
      expect(await pester(terminal)).toBeGreaterThan(250);
    });
  });

  it("is not deaf before the lock, however long somebody asks", async () => {
    await withUnit({}, async (terminal) => {
      expect(await pester(terminal)).toBeGreaterThan(890);
    });
  });

  it("makes no contact for a line that wakes it every minute, after the first few", async () => {
    await lockedUnit(async (terminal, unit) => {
      await unit.clock.wait(2 * minuteMilliseconds);
      let contacts = 0;
      for (let minute = 0; minute < 120; minute++) {
        terminal.sendRaw("x");
        await unit.clock.wait(10_000);
        if (unit.board.isAwake) contacts++;
        await unit.clock.wait(50_000);
      }
      expect(contacts).toBeGreaterThan(1);
      expect(contacts).toBeLessThan(12);
    });
  });
});

describe("refusals", () => {
  it.each([
    ["lines of noise", "x\r\n"],
    ["requests of no command", `${sealLine('{"jsonrpc":"2.0","id":1,"method":"x"}')}\r\n`],
    ["requests while another is under way", request],
  ])("take no longer than the second of %s that they refuse", async (_, line) => {
    await lockedUnit(async (terminal, unit) => {
      const sent = line.repeat(Math.floor(4000 / line.length));
      const before = terminal.lines.length;
      for (let third = 0; third < 3; third++) {
        unit.board.uarts.get("service")?.input(Buffer.from(sent));
        await unit.clock.wait(333);
      }
      await unit.clock.wait(minuteMilliseconds / 2);
      const answers = terminal.lines.slice(before).filter((answer) => answer?.includes('"error":'));
      const length = answers.reduce((sum, answer) => sum + (answer?.length ?? 0) + 7, 0);
      expect(answers.length).toBeGreaterThan(10);
      expect(length).toBeLessThanOrEqual(3 * sent.length + 4096);
    });
  });

  it("are all told to whoever asks one thing after another", async () => {
    await lockedUnit(async (terminal) => {
      const refusals = [];
      for (let count = 0; count < 30; count++)
        refusals.push(await terminal.ask("writeKeys", testKeys).catch((error: unknown) => String(error)));
      expect(new Set(refusals)).toEqual(new Set(["Refused: the meter is locked"]));
    });
  });
});
