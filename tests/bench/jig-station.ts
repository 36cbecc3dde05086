import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { InstrumentPool } from "../../jig/instruments/instrument-pool.js";
import { phaseKinds } from "../../jig/phases/phase-kinds.js";
import { openPort } from "../../jig/ports/open-port.js";
import { readRecipe } from "../../jig/recipe/read-recipe.js";
import { MemoryStore } from "../../jig/simulated/memory-store.js";
import { hostClock } from "../../jig/station/host-clock.js";
import { realUnit } from "../../jig/station/real-unit.js";
import { runInSlot } from "../../jig/station/run-slot.js";
import { firmwareImageHash } from "../../sim/run/image-hash.js";
import type { UnitAddresses } from "./jig-units.js";
import { benchmark } from "./command-line.js";

/**
 * What several slots at once cost: simulated units in a process of their own, in real time, behind sockets; the station
 * in this one. Fails when 16 units take more than 1.3 times as long as one, when the station's own work is more than
 * 5 % of a core for each slot, or when a unit does not pass.
 */
const slots = 16;
const mostWallRatio = 1.3;
const mostCorePercent = 5;

interface Round {
  readonly wallSeconds: number;
  readonly corePercentPerSlot: number;
  readonly passed: number;
}

async function round(count: number, seed: number): Promise<Round> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "jig-units.js"), String(count), String(seed)],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const [text] = (await once(child.stdout, "data")) as [Buffer];
  const units = JSON.parse(text.toString()) as UnitAddresses[];
  const pool = new InstrumentPool(async (address) => openPort(address, hostClock));
  const recipe = readRecipe("jig/recipes/water-meter.json", phaseKinds);
  const store = new MemoryStore();
  const imageHash = firmwareImageHash();
  const interrupt = new AbortController().signal;
  const started = performance.now();
  const cpu = process.cpuUsage();
  const attempts = await Promise.all(
    units.map(async ({ label, line, supply, pulses, magnet }, index) => {
      const at = (address: string): { address: string; channel: number } => ({ address, channel: 1 });
      const places = { supply: at(supply), pulses: at(pulses), magnet: at(magnet) };
      return runInSlot(realUnit(line, places, pool, label), {
        ...{ slot: index + 1, place: line, station: "bench", recipe, store, imageHash, interrupt },
        epochMilliseconds: () => Date.now(),
        newId: () => `${count}-${index}`,
        onState: () => undefined,
      });
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  const wallSeconds = (performance.now() - started) / 1000;
  await pool.close();
  child.stdin.end();
  await once(child, "exit");
  for (const attempt of attempts)
    if (attempt?.outcome !== "PASS")
      process.stderr.write(`slot ${attempt?.slot ?? "?"}: ${attempt?.reason ?? "not stored"}\n`);
  return {
    wallSeconds,
    corePercentPerSlot: ((user + system) / 1e6 / wallSeconds / count) * 100,
    passed: attempts.filter((attempt) => attempt?.outcome === "PASS").length,
  };
}

function told(count: number, { wallSeconds, corePercentPerSlot, passed }: Round): void {
  process.stdout.write(
    `${String(count).padStart(2)} slots: ${wallSeconds.toFixed(1)} s, ${passed} passed, station ${corePercentPerSlot.toFixed(2)} % of a core per slot\n`,
  );
}

benchmark(
  "bench:jig",
  "What 16 units at once take beside one. Ends with 1 when it is too much, or a unit does not pass.",
).parse();
const one = await round(1, 1000);
told(1, one);
const many = await round(slots, 2000);
told(slots, many);
const ratio = many.wallSeconds / one.wallSeconds;
process.stdout.write(
  `${slots} units take ${ratio.toFixed(2)} times as long as one (at most ${mostWallRatio})\n`,
);
const isGood =
  ratio <= mostWallRatio &&
  many.corePercentPerSlot <= mostCorePercent &&
  one.passed === 1 &&
  many.passed === slots;
process.exitCode = isGood ? 0 : 1;
