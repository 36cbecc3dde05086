/**
 * One million hostile lines into the service port of a locked meter, on Node and on XS with its memory fixed:
 * `npm run bench:service-fuzz [-- LINES [SEED]]`. Exit status 1 when anything but a refusal came of it.
 */
import type { EngineFactory } from "../../sim/chip/boundary/engine.js";
import { engineFactories } from "../../sim/engines/engines.js";
import { buildXsProgram } from "../../sim/engines/xs/build-xs-program.js";
import { ProcessEngine } from "../../sim/engines/process/process-engine.js";
import { fuzzServicePort } from "./service-fuzz/fuzz-run.js";
import { benchmark, count } from "./command-line.js";

const mostGrowthBytes = 16 * 1024 * 1024;
const [lines, seed] = benchmark(
  "bench:service-fuzz",
  "Hostile lines into the service port of a locked meter, on Node and on XS. Ends with 1 when anything but a refusal " +
    "came of them.",
)
  .usage("[lines] [seed]")
  .argument("[lines]", "so many lines", count, 1_000_000)
  .argument("[seed]", "other lines", count, 1)
  .parse().processedArgs as [number, number];

let hasFailed = false;
await buildXsProgram();
for (const name of ["node", "xs"] as const) {
  let memory: (() => string) | undefined;
  const engine: EngineFactory = async (call) => {
    const made = await engineFactories[name](call);
    if (made instanceof ProcessEngine)
      memory = () => `peak ${made.costs.peakSlots} slots, ${made.costs.peakChunkBytes} bytes of chunks`;
    return made;
  };
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const start = performance.now();
  const { answers, refusals, problems } = await fuzzServicePort({ engine, lines, seed });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const peak = memory?.() ?? "";
  globalThis.gc?.();
  const growth = process.memoryUsage().heapUsed - heapBefore;
  process.stdout.write(
    `${name}: ${lines} lines, ${answers} answers, ${refusals} refusals, ${problems.length} problems, ` +
      `${seconds} s, heap ${(growth / 1024).toFixed(0)} KiB more${peak && `, ${peak}`}\n`,
  );
  for (const problem of problems.slice(0, 5)) process.stdout.write(`  ${problem}\n`);
  if (problems.length > 0 || growth > mostGrowthBytes) hasFailed = true;
}
process.exitCode = hasFailed ? 1 : 0;
