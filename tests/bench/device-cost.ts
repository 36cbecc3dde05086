/**
 * What the chip pays for the firmware, counted on an emulated RV32IMC core. `npm run bench:device`; with `-- --json`, one
 * JSON object on standard output and nothing else. The exit status is 1 when a limit is missed, 2 when tools are missing.
 *
 * To find out why: `-- --profile` names the functions that instructions go to, `-- --census 1200` the objects that hold
 * the memory when a meter has 1,200 slots and needs more, `-- --census-chunks 7000` when it has 7,000 bytes of chunks,
 * `-- --census-stack 350` when it has 350 slots of the stack, `-- --fit` the least memory that a meter gets along with.
 */
import { missingRv32Tools } from "../../sim/engines/rv32/tools.js";
import { boardLines } from "./device/boards.js";
import { censusLines } from "./device/census.js";
import { missedLimits } from "./device/figures.js";
import { fitLines } from "./device/fit.js";
import { measureDevice } from "./device/measure.js";
import { profileLines } from "./device/profile.js";
import { figureLines, limitLines, runLines } from "./device/report.js";
import { benchmark, count } from "./command-line.js";

interface Options {
  json?: true;
  profile?: true;
  census?: number;
  censusChunks?: number;
  censusStack?: number;
  fit?: true;
}

const options = benchmark(
  "bench:device",
  "What the chip pays for the firmware, counted on an emulated RV32IMC core. Ends with 1 when a limit is missed, with 2 " +
    "when tools are missing.",
)
  .option("--json", "print the figures as one JSON object and nothing else on standard output")
  .option("--profile", "name the functions that instructions go to")
  .option("--census <slots>", "name the objects that hold the memory when so many slots are too few", count)
  .option("--census-chunks <bytes>", "the same for bytes of chunks", count)
  .option("--census-stack <slots>", "the same for slots of the stack", count)
  .option("--fit", "find the least memory that a meter gets along with")
  .parse()
  .opts<Options>();
const missing = await missingRv32Tools();
if (missing !== undefined) {
  process.stderr.write(`${missing}\n`);
  process.exitCode = 2;
} else if (options.profile) print(await profileLines());
else if (options.census !== undefined) print(await censusLines({ slots: options.census }));
else if (options.censusChunks !== undefined) print(await censusLines({ chunkBytes: options.censusChunks }));
else if (options.censusStack !== undefined) print(await censusLines({ stackSlots: options.censusStack }));
else if (options.fit) print(await fitLines());
else
  await report().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}

async function report(): Promise<void> {
  const measurement = await measureDevice((message) => process.stderr.write(`measuring ${message}\n`));
  const { figures } = measurement;
  if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else
    print([
      ...figureLines(measurement),
      ...boardLines(figures.instructions.hourlyWake),
      ...runLines(measurement.runs),
      ...limitLines(figures),
    ]);
  const missed = missedLimits(figures);
  for (const line of missed) process.stderr.write(`missed: ${line}\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}
