import { describe, expect, it } from "@jest/globals";

import { StationFault } from "../../../jig/attempt/faults.js";
import { StoreError } from "../../../jig/attempt/attempt-store.js";
import type { UnitInLine } from "../../../jig/execution/run-attempt.js";
import { phaseKinds } from "../../../jig/phases/phase-kinds.js";
import { readRecipe } from "../../../jig/recipe/read-recipe.js";
import { MemoryStore } from "../../../jig/simulated/memory-store.js";
import { simulatedUnit } from "../../../jig/simulated/simulated-unit.js";
import { runInSlot, type SlotOptions } from "../../../jig/station/run-slot.js";
import type { SlotState } from "../../../jig/station/slot-state.js";
import { engineFactories } from "../../../sim/engines/engines.js";
import { firmwareImageHash } from "../../../sim/run/image-hash.js";

class FullStore extends MemoryStore {
  override store(): void {
    throw new StoreError(
      "records.db: the disk is full, nothing was stored; make room and try the unit again",
    );
  }
}

function slotOptions(slot: number, states: SlotState[], store = new MemoryStore()): SlotOptions {
  return {
    ...{ slot, place: `port ${slot}`, station: "test", store, imageHash: firmwareImageHash() },
    recipe: readRecipe("jig/recipes/water-meter.json", phaseKinds),
    interrupt: new AbortController().signal,
    epochMilliseconds: () => 0,
    newId: () => String(slot),
    onState: (state) => states.push(state),
  };
}

async function unit(seed: number): Promise<UnitInLine> {
  return simulatedUnit({ seed, faults: [], engine: engineFactories.node, onReleased: () => undefined });
}

/** Its current meter stops answering once it has switched the supply on. */
function withDeadSupply(inner: UnitInLine): UnitInLine {
  return {
    ...inner,
    mount: async () => {
      const mounted = await inner.mount();
      return {
        ...mounted,
        instruments: (clock) => {
          const instruments = mounted.instruments(clock);
          const measure = async (): Promise<never> =>
            Promise.reject(
              new StationFault(
                "supply tcp:bench:1 does not answer to MEASure:CURRent? (@1); check that it is on and connected",
              ),
            );
          return {
            ...instruments,
            supply: { switch: async (isOn) => instruments.supply.switch(isOn), measure },
          };
        },
      };
    },
  };
}

describe("slots", () => {
  it("are each their own failure domain: an instrument that goes is an error in one, and the others go on", async () => {
    const states: SlotState[] = [];
    const [broken, whole] = await Promise.all([
      runInSlot(withDeadSupply(await unit(31)), slotOptions(1, states)),
      runInSlot(await unit(32), slotOptions(2, states)),
    ]);
    expect(broken).toMatchObject({
      outcome: "ERROR",
      reason: expect.stringMatching(/^sleep-current: supply tcp:bench:1 does not answer/),
    });
    expect(broken?.phases.at(-1)).toMatchObject({ name: "power-off", outcome: "PASS" });
    expect(whole?.outcome).toBe("PASS");
    expect(states.filter(({ activity }) => activity === "done")).toMatchObject([
      { slot: 1, outcome: "ERROR" },
      { slot: 2, outcome: "PASS", progress: 1 },
    ]);
  });

  it("never show a pass that was not stored", async () => {
    const states: SlotState[] = [];
    expect(await runInSlot(await unit(33), slotOptions(1, states, new FullStore()))).toBeUndefined();
    expect(states.at(-1)).toMatchObject({
      outcome: "ERROR",
      reason:
        "not stored: records.db: the disk is full, nothing was stored; make room and try the unit again",
    });
    expect(states.some(({ outcome }) => outcome === "PASS")).toBe(false);
  });

  it("tell which phase runs and how far the unit is", async () => {
    const states: SlotState[] = [];
    await runInSlot(await unit(34), slotOptions(1, states));
    const testing = states.filter(({ activity }) => activity === "testing");
    expect(testing.map(({ phase }) => phase).slice(0, 3)).toEqual([undefined, "power-on", "identify"]);
    const progress = testing.map((state) => state.progress);
    expect(progress).toEqual([...progress].sort((one, other) => one - other));
  });

  it("record a unit that can't be reached as an error of the station", async () => {
    const store = new MemoryStore();
    const absent: UnitInLine = {
      mount: async () =>
        Promise.reject(new StationFault("/dev/ttyUSB0: there is no such port; plug it in or check the path")),
      release: async () => Promise.resolve(),
    };
    await runInSlot(absent, slotOptions(1, [], store));
    expect(store.attempts).toMatchObject([
      {
        outcome: "ERROR",
        reason: "/dev/ttyUSB0: there is no such port; plug it in or check the path",
        phases: [],
      },
    ]);
  });
});
