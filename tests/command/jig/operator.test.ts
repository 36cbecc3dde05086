import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "@jest/globals";

import { type OperatorKeys, runOperator } from "../../../command/jig/operator.js";
import { phaseKinds } from "../../../jig/phases/phase-kinds.js";
import { readRecipe } from "../../../jig/recipe/read-recipe.js";
import { MemoryStore } from "../../../jig/simulated/memory-store.js";
import { simulatedUnit } from "../../../jig/simulated/simulated-unit.js";
import { engineFactories } from "../../../sim/engines/engines.js";
import { firmwareImageHash } from "../../../sim/run/image-hash.js";
import { Bench } from "../bench.js";

class Keyboard extends PassThrough implements OperatorKeys {
  readonly modes: boolean[] = [];

  setRawMode(isRaw: boolean): this {
    this.modes.push(isRaw);
    return this;
  }
}

/** A station of two slots with simulated units, somebody in front of it, and what is on the screen. */
async function station(): Promise<{
  keys: Keyboard;
  store: MemoryStore;
  type: (text: string) => void;
  shows: (text: string | RegExp) => Promise<void>;
  ended: Promise<number>;
}> {
  const keys = new Keyboard();
  const store = new MemoryStore();
  const bench = new Bench();
  const units = await Promise.all(
    [41, 42].map(async (seed) =>
      simulatedUnit({ seed, faults: [], engine: engineFactories.node, onReleased: () => undefined }),
    ),
  );
  const ended = runOperator({
    places: ["port A", "port B"],
    unitAt: (slot, serialNumber) => {
      const unit = units[slot - 1];
      if (!unit) throw new Error("no such slot");
      return { ...unit, serialNumber };
    },
    station: {
      ...{ station: "test", store, imageHash: firmwareImageHash(), epochMilliseconds: () => 0 },
      recipe: readRecipe("jig/recipes/water-meter.json", phaseKinds),
      interrupt: new AbortController().signal,
      newId: () => String(store.begun.length),
    },
    surroundings: bench,
    keys,
  });
  return {
    keys,
    store,
    type: (text) => {
      keys.write(text);
    },
    shows: async (text) => {
      const isShown = (): boolean => new RegExp(text).test(stripVTControlCharacters(bench.output.text));
      while (!isShown())
        await new Promise<void>((resolve) => {
          bench.output.onText = () => {
            resolve();
          };
        });
    },
    ended,
  };
}

describe("the operator's view", () => {
  it("takes serial numbers, starts all, shows the verdicts and ends with Ctrl-C", async () => {
    const { keys, store, type, shows, ended } = await station();
    type("10000041\r");
    await shows(/port A {2}10000041/);
    type("1000004x\u007f2\r");
    await shows(/port B {2}10000042/);
    type("\r");
    await shows("2 tested, 2 passed");
    type("\u0003");
    expect(await ended).toBe(0);
    expect(store.attempts.map(({ outcome, unit }) => [unit.serialNumber, outcome]).sort()).toEqual([
      ["10000041", "PASS"],
      ["10000042", "PASS"],
    ]);
    expect(keys.modes).toEqual([true, false]);
  });

  it("says what is wrong with an entry", async () => {
    const { type, shows, ended } = await station();
    type("\r");
    await shows("scan a serial number first");
    type("2:77\r");
    await shows(/port B {2}77/);
    type("77\r");
    await shows("77 is in another slot already");
    type("9:5\r");
    await shows("there is no slot 9");
    type("\u0003");
    expect(await ended).toBe(0);
  });
});
