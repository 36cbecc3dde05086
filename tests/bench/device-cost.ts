/**
 * What the chip pays for the firmware, counted on an emulated RV32IMC core. `npm run bench:device`; with `-- --json`, one
 * JSON object on standard output and nothing else; with `-- --profile`, the functions that the instructions go to. The exit status is 1 when a limit is missed, 2 when tools are missing.
 */
import { parseArgs } from "node:util";
import { missingRv32Tools } from "../../sim/engines/rv32/tools.js";
import { missedLimits } from "./device/figures.js";
import { measureDevice } from "./device/measure.js";
import { profileLines } from "./device/profile.js";
import { figureLines, limitLines, runLines } from "./device/report.js";

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, profile: { type: "boolean", default: false } },
});
const missing = await missingRv32Tools();
if (missing !== undefined) {
  process.stderr.write(`${missing}\n`);
  process.exitCode = 2;
} else if (values.profile) for (const line of await profileLines()) console.log(line);
else await report();

async function report(): Promise<void> {
  const measurement = await measureDevice((message) => process.stderr.write(`measuring ${message}\n`));
  const { figures } = measurement;
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else
    for (const line of [...figureLines(measurement), ...runLines(measurement.runs), ...limitLines(figures)])
      console.log(line);
  const missed = missedLimits(figures);
  for (const line of missed) process.stderr.write(`missed: ${line}\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}
