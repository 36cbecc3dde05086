import { execFile } from "node:child_process";
import { join } from "node:path";
import { inWorkshop } from "../../sim/engines/build/build-program.js";
import { projectFolder } from "../../sim/engines/build/project-folder.js";
import { plant, plantedBugs } from "./chip-mutants/plant.js";
import type { PlantedBug } from "./chip-mutants/planted-bug.js";
import { benchmark } from "./command-line.js";

/*
 * Plants bugs in hal/esp32, one at a time, makes a chip of each and runs the test that has to notice: prints what each came
 * to, and fails where one was not noticed, or could not be planted. With words, only bugs whose names have them all.
 */

const parallelRuns = 2;

/** As much of what Jest tells as JSON as matters here. */
interface Told {
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly failureMessages: readonly string[] }[];
  }[];
}

async function runTest({ test, named }: PlantedBug, folder: string): Promise<Told> {
  const jest = join(projectFolder(), "node_modules", "jest", "bin", "jest.js");
  const pattern = named.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const options = [
    "--experimental-vm-modules",
    jest,
    `tests/${test}`,
    "-t",
    pattern,
    "--json",
    "--maxWorkers=1",
  ];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      options,
      {
        cwd: projectFolder(),
        env: { ...process.env, TALLY_CHIP_PLANTED: folder },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, output) => {
        if (output !== "") resolve(JSON.parse(output) as Told);
        else reject(error ?? new Error("Jest has told nothing"));
      },
    );
  });
}

/** What became of a bug; undefined when its test has noticed it. */
async function escape(bug: PlantedBug): Promise<string | undefined> {
  return inWorkshop(async (folder) => {
    plant(bug, folder);
    const { numFailedTests, testResults } = await runTest(bug, folder);
    const messages = testResults.flatMap(({ message, assertionResults }) => [
      message,
      ...assertionResults.flatMap(({ failureMessages }) => failureMessages),
    ]);
    const broken = messages.find((message) => /does not compile|Cannot find module/.test(message));
    if (broken !== undefined) return `could not be planted: ${broken.split("\n")[0] ?? ""}`;
    return numFailedTests > 0 ? undefined : "was not noticed";
  });
}

const [words] = benchmark(
  "bench:chip-mutants",
  "Plants bugs in the chip's code, one at a time. Ends with 1 when a test does not notice one.",
)
  .usage("[words...]")
  .argument("[words...]", "only bugs whose names have all of these words")
  .parse().processedArgs as [string[]];
const chosen = plantedBugs.filter(({ name }) => words.every((word) => name.includes(word)));
if (chosen.length === 0) {
  console.error(`error: no planted bug has the words ${words.join(" ")} in its name`);
  process.exit(2);
}
const waiting = [...chosen];
const escaped: string[] = [];

async function work(): Promise<void> {
  for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
    const outcome = await escape(bug);
    console.log(`${bug.file}: ${bug.name}: ${outcome ?? `noticed by "${bug.named}"`}`);
    if (outcome !== undefined) escaped.push(bug.name);
  }
}

await Promise.all(Array.from({ length: parallelRuns }, work));
console.log(`${chosen.length - escaped.length} of ${chosen.length} planted bugs noticed`);
if (escaped.length > 0) {
  console.error(`error: no test of the chip notices: ${escaped.join("; ")}`);
  process.exitCode = 1;
}
