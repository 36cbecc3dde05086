import { describe, expect, it } from "@jest/globals";
import { ErrorCode } from "../../../../firmware/contracts/service-protocol.js";
import { type FailureEntry, newestFailures } from "../../../../firmware/failures/failure-entries.js";
import { Operation } from "../../../../sim/chip/boundary/port.js";
import { openPartition, storageOn } from "../../../../sim/run/flash/flash-access.js";
import type { SimulatedUnit } from "../../../../sim/unit/simulated-unit.js";
import type { Refused, Terminal } from "../../../sim/unit/terminal.js";
import { engines, withUnit } from "../../../sim/unit/unit-visit.js";

/** Takes the pin that `rails` measures at: what opens it then throws, as a driver does whose caller is wrong. */
function plantDefect({ board }: SimulatedUnit): () => void {
  const handle = board.call(Operation.analogOpen, 0, 0, 0, Buffer.from("rail-logic")) as number;
  return () => {
    board.call(Operation.pinClose, handle, 0, 0, undefined);
  };
}

function failuresOf(unit: SimulatedUnit): FailureEntry[] {
  return newestFailures(storageOn(openPartition(unit.flash, "failures")), 10);
}

async function refusalOf(terminal: Terminal): Promise<Refused> {
  return terminal.ask("rails").then(
    () => {
      throw new Error("nothing was refused");
    },
    (error: unknown) => error as Refused,
  );
}

describe.each(["node", "xs"] as const)("a command whose handler throws, on %s", (name) => {
  const options = { engine: engines[name], mayLogFailures: true };

  it("is answered with an internal error that tells nothing of the meter's inside", async () => {
    await withUnit(options, async (terminal, unit) => {
      plantDefect(unit);
      const { code, message } = await refusalOf(terminal);
      expect(code).toBe(ErrorCode.internalError);
      expect(message).toBe("a defect of the meter stopped this command");
    });
  });

  it("leaves what it threw in the meter's log of failures", async () => {
    await withUnit(options, async (terminal, unit) => {
      plantDefect(unit);
      await refusalOf(terminal);
      expect(failuresOf(unit)).toEqual([
        {
          text: 'service port, rails: Error: analog pin "rail-logic" is unknown or in use',
          epochSeconds: 0,
        },
      ]);
    });
  });

  it("ends neither the visit nor the run: the next command works, and the same one once it can", async () => {
    await withUnit(options, async (terminal, unit) => {
      const repair = plantDefect(unit);
      await refusalOf(terminal);
      const { wakes } = unit.board;
      expect((await terminal.ask("identify")).locked).toBe(false);
      repair();
      expect((await terminal.ask("rails")).rails).toHaveLength(2);
      expect(unit.board.wakes).toBe(wakes);
    });
  });
});

describe("a command that keeps failing", () => {
  it("is logged four times in a visit, and answered each time", async () => {
    await withUnit({ mayLogFailures: true }, async (terminal, unit) => {
      plantDefect(unit);
      for (let attempt = 0; attempt < 10; attempt++)
        expect((await refusalOf(terminal)).code).toBe(ErrorCode.internalError);
      expect(failuresOf(unit)).toHaveLength(4);
    });
  });
});

describe("a defect that nobody planted", () => {
  it("ends the simulation with what the firmware logged", async () => {
    await withUnit({}, async (terminal, unit) => {
      plantDefect(unit);
      await expect(terminal.ask("rails")).rejects.toThrow(
        'the firmware logged a failure: service port, rails: Error: analog pin "rail-logic"',
      );
    });
  });
});
