import { expect, it } from "@jest/globals";
import { DutyMemory } from "../../../../firmware/duties/duty-memory.js";
import { RetainedSlices } from "../../../../firmware/storage/retained-slices.js";
import type { SimulatedUnit } from "../../../../sim/unit/simulated-unit.js";
import { FakeRetainedMemory } from "../../fake-hardware.js";
import { withUnit } from "../../../sim/unit/unit-visit.js";

const hourMilliseconds = 3_600_000;

/** When the meter's next duty is due, as its next wake will believe it; 0 when that wake finds it anew. */
function keptTicks({ board }: SimulatedUnit): number {
  const memory = new FakeRetainedMemory();
  memory.write(board.retained);
  return new DutyMemory(new RetainedSlices(memory, "timer")).nextTicks;
}

it("a visitor's change counts from the next wake on, for when duties are due too", async () => {
  await withUnit({}, async (terminal, unit) => {
    await terminal.provision();
    await terminal.ask("lock");
    await unit.clock.wait(2 * hourMilliseconds);
    expect(keptTicks(unit)).toBeGreaterThan(0);
    await terminal.wake();
    await terminal.authenticate();
    await terminal.ask("setSetting", { name: "reportWindowStartSeconds", value: 7200 });
    await unit.clock.wait(90_000);
    expect([unit.board.isAwake, keptTicks(unit)]).toEqual([false, 0]);
    await unit.clock.wait(hourMilliseconds);
    expect(keptTicks(unit)).toBeGreaterThan(0);
  });
});
