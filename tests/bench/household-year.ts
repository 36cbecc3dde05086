/**
 * One household's year on each engine, each in a process of its own: seconds, memory, and the ratio between
 * the engines. `npm run bench`, or `npm run bench -- --days 30`; exit code 1 when the engines' traces differ or a checker
 * found a difference from the truth. Times are not judged.
 */
import { Option } from "commander";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { water } from "../../firmware/products/water.js";
import { createHousehold } from "../../sim/world/demand/household.js";
import type { Engine } from "../../sim/chip/boundary/engine.js";
import { NodeEngine } from "../../sim/engines/node/node-engine.js";
import { ProcessEngine } from "../../sim/engines/process/process-engine.js";
import { createXsEngine } from "../../sim/engines/xs/xs-engine.js";
import { Random } from "../../sim/kernel/random.js";
import type { RunReport } from "../../sim/run/run-result.js";
import { type Observer, Simulation } from "../../sim/run/simulation.js";
import { benchmark, count } from "./command-line.js";

interface Figures {
  readonly report: RunReport;
  readonly differences: number;
  /** Peak resident memory of simulator and XS program together, in MB. */
  readonly peakMegabytes: number;
}

const { days, run } = benchmark(
  "bench",
  "One household's year on Node and on XS: seconds, memory and their ratio. Ends with 1 when the traces differ.",
)
  .option("--days <number>", "so many days", count, 365)
  .addOption(new Option("--run <engine>", "one of the engines, for the other process").hideHelp())
  .parse()
  .opts<{ days: number; run?: string }>();

if (run === undefined) await compare();
else process.stdout.write(JSON.stringify(await measure(run === "xs")));

async function compare(): Promise<void> {
  const figures: Figures[] = [];
  for (const engine of ["node", "xs"]) {
    const args = [fileURLToPath(import.meta.url), "--run", engine, "--days", String(days)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    figures.push(JSON.parse(stdout) as Figures);
  }
  console.log(`A household of four, ${days} days, seed 1\n`);
  console.log("engine   wall s   peak MB     pulses   wakes   max sector erases");
  for (const { report, peakMegabytes } of figures) {
    const cells = [
      report.engine.padEnd(6),
      report.wallSeconds.toFixed(1).padStart(8),
      peakMegabytes.toFixed(0).padStart(9),
      String(report.register.forwardPulses).padStart(10),
      String(report.wakes).padStart(7),
      String(report.flash.maxSectorErases).padStart(19),
    ];
    console.log(cells.join(" "));
  }
  const [node, xs] = figures as [Figures, Figures];
  console.log(
    `\nXS takes ${(xs.report.wallSeconds / node.report.wallSeconds).toFixed(1)} times as long as Node.`,
  );
  const isSame = node.report.traceHash === xs.report.traceHash;
  console.log(`Trace hashes ${isSame ? "are equal" : "DIFFER"}.`);
  console.log(`Differences from the truth: ${node.differences} on Node, ${xs.differences} on XS.`);
  if (!isSame || node.differences + xs.differences > 0) process.exitCode = 1;
}

async function measure(onXs: boolean): Promise<Figures> {
  const startEpochSeconds = 1_767_225_600;
  let engine: Engine | undefined;
  let programMegabytes = 0;
  const simulation = new Simulation(
    {
      product: water,
      engine: async (call) => (engine = onXs ? await createXsEngine(call) : new NodeEngine(call)),
      seed: 1,
      startEpochSeconds,
      durationSeconds: days * 86_400,
      pulses: createHousehold({ random: new Random(1).fork("demand"), startEpochSeconds, persons: 4 }),
    },
    () => performance.now(),
  );
  const observer: Observer = {
    look: () => {
      if (engine instanceof ProcessEngine)
        programMegabytes = Math.max(programMegabytes, peakMegabytesOf(engine.processId));
      return undefined;
    },
    pace: () => undefined,
  };
  const { report, differences } = await simulation.run(observer);
  return {
    report,
    differences: differences.length,
    peakMegabytes: process.resourceUsage().maxRSS / 1024 + programMegabytes,
  };
}

/** The peak resident memory of a process, from Linux's /proc; 0 where there is none. */
function peakMegabytesOf(processId: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${processId ?? "self"}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
