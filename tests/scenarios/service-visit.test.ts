import { describe, expect, it } from "@jest/globals";
import { commands } from "../../firmware/contracts/service-commands.js";
import { SimulatedUnit } from "../../sim/unit/simulated-unit.js";
import { Compiler } from "../compiler.js";
import { Terminal } from "../sim/unit/terminal.js";
import { scenarioEngine } from "./scenario-engine.js";

/** What the factory asks of a new meter, up to the lock. */
async function provision(terminal: Terminal): Promise<void> {
  const { bench } = terminal.unit;
  await terminal.ask("identify");
  await terminal.ask("selfTest");
  await terminal.ask("rails");
  await terminal.ask("sensors");
  const counting = terminal.ask("pulseCounts", { windowMilliseconds: 5000 });
  await bench.playPulses({ forward: 6, reverse: 2, hertz: 2 });
  expect(await counting).toMatchObject({ forward: 6, reverse: 2 });
  await terminal.ask("clockDrift", { windowMilliseconds: 2000 });
  await terminal.ask("moveValve", { direction: "close" });
  await terminal.ask("moveValve", { direction: "open" });
  await terminal.ask("flashTest");
  await terminal.ask("modem", { signalSeconds: 10 });
  await terminal.provision();
  await terminal.ask("setSetting", { name: "magnetSeconds", value: 20 });
  await terminal.ask("readBack");
  await terminal.ask("lock");
}

/** What somebody with the keys asks of a meter in the field. */
async function inspect(terminal: Terminal): Promise<void> {
  await terminal.ask("readIndex");
  await terminal.ask("status");
  await terminal.authenticate();
  await terminal.ask("getSettings");
  await terminal.ask("readLog", { first: 1, count: 8 });
  await terminal.unlock(1);
  await terminal.ask("writeCalibration", { pulseWeightMillilitres: 10_000 });
  await terminal.ask("sleep", { seconds: 60 });
}

/** What each command answers with, by its type. */
function membersInContract(): Map<string, string[]> {
  const contract = "./firmware/contracts/service-commands.js";
  const types = commands.map(
    ({ name }) => `export type ${name} = import("${contract}").ResultOf<"${name}">;\n`,
  );
  const members = new Compiler().members(types.join(""));
  return new Map(Array.from(members, ([name, each]) => [name, each.map((member) => member.name)]));
}

/** Names of a result's members, in the order of the line, those of its lists' first entries too. */
function membersOf(result: object): string[] {
  return Object.entries(result).flatMap(([name, value]: [string, unknown]) => {
    const entry: unknown = Array.isArray(value) ? value[0] : undefined;
    const inner = typeof entry === "object" && entry !== null ? membersOf(entry) : [];
    return [name, ...inner.map((each) => `${name}[].${each}`)];
  });
}

describe("a meter on the service port", () => {
  it("carries out every command, new at the factory and locked in the field, and answers as its type says", async () => {
    // A seed with which the first contact, somewhere in the first minute, comes after the visit.
    const unit = await SimulatedUnit.create({ seed: 1, engine: scenarioEngine });
    try {
      unit.bench.setSupply(true);
      const terminal = new Terminal(unit);
      await terminal.wake();
      await provision(terminal);
      await inspect(terminal);
      expect([...terminal.results.keys()].sort()).toEqual(commands.map(({ name }) => name).sort());
      const expected = membersInContract();
      // Its members are the product's settings.
      terminal.results.delete("getSettings");
      for (const [name, result] of terminal.results)
        expect([name, membersOf(result)]).toEqual([name, expected.get(name)]);
      expect(unit.board.isAwake).toBe(false);
    } finally {
      unit.close();
    }
  });
});
