/**
 * What the chip pays for the firmware, counted on an emulated RV32IMC core. `npm run bench:device`; with `-- --json`, one
 * JSON object on standard output and nothing else. The exit status is 1 when a limit is missed, 2 when tools are missing.
 *
 * To find out why: `-- --profile` names the functions that instructions go to, `-- --census 1200` the objects that hold
 * the memory when a meter has 1,200 slots and needs more, `-- --census-chunks 7000` when it has 7,000 bytes of chunks,
 * `-- --census-stack 350` when it has 350 slots of the stack, `-- --fit` the least memory that a meter gets along with.
 */
import { parseArgs } from "node:util";
import { missingRv32Tools } from "../../sim/engines/rv32/tools.js";
import { boardLines } from "./device/boards.js";
import { censusLines } from "./device/census.js";
import { missedLimits } from "./device/figures.js";
import { fitLines } from "./device/fit.js";
import { measureDevice } from "./device/measure.js";
import { profileLines } from "./device/profile.js";
import { figureLines, limitLines, runLines } from "./device/report.js";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
    census: { type: "string" },
    "census-chunks": { type: "string" },
    "census-stack": { type: "string" },
    fit: { type: "boolean", default: false },
  },
});
const missing = await missingRv32Tools();
if (missing !== undefined) {
  process.stderr.write(`${missing}\n`);
  process.exitCode = 2;
} else if (values.profile) print(await profileLines());
else if (values.census !== undefined) print(await censusLines({ slots: Number(values.census) }));
else if (values["census-chunks"] !== undefined)
  print(await censusLines({ chunkBytes: Number(values["census-chunks"]) }));
else if (values["census-stack"] !== undefined)
  print(await censusLines({ stackSlots: Number(values["census-stack"]) }));
else if (values.fit) print(await fitLines());
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
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
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
