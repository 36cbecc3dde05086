import { describe, expect, it } from "@jest/globals";
import type { ReadBack } from "../../../../firmware/contracts/service-results.js";
import { Operation } from "../../../../sim/chip/boundary/port.js";
import { PowerCut } from "../../../../sim/chip/boundary/power-cut.js";
import type { SimulatedUnit } from "../../../../sim/unit/simulated-unit.js";
import type { Terminal } from "../../../sim/unit/terminal.js";
import { withUnit } from "../../../sim/unit/unit-visit.js";

const changes: readonly number[] = [
  Operation.flashProgram,
  Operation.flashErase,
  Operation.sealBurn,
  Operation.retainedWrite,
];

/** How much of the operation gets done: none of it, the first half of what is programmed, all of it. */
const ways = ["before", "half", "after"] as const;
type Way = (typeof ways)[number];

/** Takes the power away at the operation numbered `at` from now; counts them all when it never comes to that. */
function cutAt(unit: SimulatedUnit, at: number, way: Way): { operations: number } {
  const seen = { operations: 0 };
  const { board, flash } = unit;
  const cut = (): never => {
    board.tap = undefined;
    unit.bench.setSupply(false);
    throw new PowerCut("cut");
  };
  board.tap = {
    before: (operation, a, b, _c, bytes) => {
      if (!changes.includes(operation) || seen.operations++ !== at) return;
      if (way === "before") cut();
      if (way === "half") {
        if (operation === Operation.flashProgram && bytes)
          flash.partitions[a]?.flash.program(b, bytes.slice(0, bytes.byteLength / 2));
        cut();
      }
    },
    after: (operation) => {
      if (changes.includes(operation) && seen.operations - 1 === at && way === "after") cut();
    },
  };
  return seen;
}

/** Locks, with the power going away on the way; resolves when it is gone, or to false when it stayed. */
async function lockWithCut(terminal: Terminal, at: number, way: Way): Promise<boolean> {
  const { unit } = terminal;
  const seen = cutAt(unit, at, way);
  void terminal.ask("lock").catch(() => undefined);
  await unit.clock.wait(500);
  unit.board.tap = undefined;
  return seen.operations > at && !unit.board.processor.isPowered;
}

async function restart(terminal: Terminal): Promise<void> {
  terminal.unit.bench.setSupply(true);
  await terminal.wake();
}

/** Cuts at each operation in turn until locking needs no more of them; returns how many there were. */
async function forEachCut(
  way: Way,
  prepare: (terminal: Terminal) => Promise<void>,
  check: (terminal: Terminal) => Promise<void>,
): Promise<number> {
  for (let at = 0; ; at++) {
    const isCut = await withUnit({}, async (terminal) => {
      await prepare(terminal);
      if (!(await lockWithCut(terminal, at, way))) return false;
      await restart(terminal);
      await check(terminal);
      return true;
    });
    if (!isCut) return at;
  }
}

describe("a power cut while the meter is being locked", () => {
  it.each(ways)(
    "leaves it as it was or locked, never anything between: cut %s each operation",
    async (way) => {
      let before: ReadBack | undefined;
      const found = new Set<boolean>();
      const operations = await forEachCut(
        way,
        async (terminal) => {
          await terminal.provision();
          before = await terminal.ask("readBack");
        },
        async (terminal) => {
          const { locked, serialNumber } = await terminal.ask("identify");
          found.add(locked);
          expect(serialNumber).toBe(terminal.unit.label);
          if (!locked) await finishLocking(terminal, before);
          await expect(terminal.ask("readBack")).rejects.toThrow("the meter is locked");
          await terminal.authenticate();
        },
      );
      // The event in both halves of its log, the seal, the retained memory.
      expect(operations).toBeGreaterThan(3);
      expect(found).toEqual(new Set([false, true]));
    },
  );

  it.each(ways)("locks an unlocked meter in any case: cut %s each operation", async (way) => {
    await forEachCut(
      way,
      async (terminal) => {
        await terminal.provision();
        await terminal.ask("lock");
        await terminal.unlock(1);
      },
      async (terminal) => {
        expect((await terminal.ask("identify")).locked).toBe(true);
      },
    );
  });
});

/** A meter that is not locked is as good as before: nothing was lost, and the lock works. */
async function finishLocking(terminal: Terminal, before: ReadBack | undefined): Promise<void> {
  expect(await terminal.ask("readBack")).toEqual(before);
  await terminal.ask("lock");
  expect((await terminal.ask("identify")).locked).toBe(true);
}
