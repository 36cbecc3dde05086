import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { inWorkshop } from "../../sim/engines/build/build-program.js";
import { projectFolder } from "../../sim/engines/build/project-folder.js";
import { countCLines, type LineCounts } from "./chip-coverage/c-lines.js";
import { countStatements, instrumentBindings } from "./chip-coverage/instrument.js";
import { benchmark } from "./command-line.js";

/*
 * Which lines of hal/esp32, C and bindings, the tests of the engine `chip` run: prints the share of each file and every
 * line that is missed, and fails where one is.
 */

const testedBy = ["tests/sim/engines/chip", "tests/scenarios/boards.test.ts"];

async function runTests(folder: string): Promise<void> {
  const jest = join(projectFolder(), "node_modules", "jest", "bin", "jest.js");
  const options = ["--experimental-vm-modules", jest, ...testedBy, "--maxWorkers=2", "--silent"];
  await promisify(execFile)(process.execPath, options, {
    cwd: projectFolder(),
    env: {
      ...process.env,
      TALLY_CHIP_COVERAGE: folder,
      GCOV_PREFIX: join(folder, "counts"),
      // All of a path but the file's name.
      GCOV_PREFIX_STRIP: "100",
    },
    maxBuffer: 64 * 1024 * 1024,
  });
}

async function measure(): Promise<LineCounts> {
  return inWorkshop(async (folder) => {
    mkdirSync(join(folder, "counts"));
    const statements = instrumentBindings(join(folder, "modules"));
    await runTests(folder);
    const file = join(folder, "statements");
    const told = existsSync(file) ? readFileSync(file, "utf8") : "";
    return new Map([...(await countCLines(join(folder, "counts"))), ...countStatements(statements, told)]);
  });
}

function missedLines(file: string, lines: ReadonlyMap<number, number>): string[] {
  const text = readFileSync(join(projectFolder(), file), "utf8").split("\n");
  return [...lines]
    .filter(([, count]) => count === 0)
    .map(([line]) => `${file}:${line}: ${text[line - 1]?.trim() ?? ""}`);
}

benchmark(
  "bench:chip",
  "Which lines of hal/esp32 the tests of the engine `chip` run. Ends with 1 when one is missed.",
).parse();
const counts = [...(await measure())].sort(([one], [other]) => one.localeCompare(other));
let lines = 0;
let missed = 0;
for (const [file, ofFile] of counts) {
  const missing = missedLines(file, ofFile);
  lines += ofFile.size;
  missed += missing.length;
  console.log(`${file}: ${ofFile.size - missing.length} of ${ofFile.size}`);
  for (const line of missing) console.log(`  ${line}`);
}
console.log(`${(100 * (1 - missed / lines)).toFixed(1)} % of ${lines} lines`);
if (missed > 0) {
  console.error(`error: no test of the chip runs ${missed} of the lines`);
  process.exitCode = 1;
}
