import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { compile, CompileError, isUpToDate, planOf } from "./compile.js";
import { missingSdk, missingTools } from "./sdk.js";

/** Tally can't be started. The message is one line and says what to do. */
export class LaunchError extends Error {
  name = "LaunchError";
}

/**
 * Makes ready what the command line asks for: whoever starts Tally never runs an old build.
 * @param project the folder of package.json
 * @param argv what follows the command's name
 * @param tell takes a line that says what takes its time
 * @throws {LaunchError | CompileError} when that can't be done.
 */
export async function makeReady(project, argv, tell) {
  requireNode();
  requirePackages(project);
  const plan = planOf(project);
  if (isUpToDate(plan)) return;
  requireSdk(argv);
  tell(plan.isFirst ? "compiling Tally, once only" : "compiling what has changed");
  await compile(project, plan);
}

/** The same before anything else in a script, which ends with exit code 2 and one line when it can't be done. */
export async function makeReadyOrExit(project, argv) {
  try {
    await makeReady(project, argv, (message) => process.stderr.write(`${message}\n`));
  } catch (error) {
    // The system's own errors say what they are about: a folder that can't be written, a disk that is full.
    const isTold = error instanceof LaunchError || error instanceof CompileError || "syscall" in error;
    if (!isTold) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    process.exit(2);
  }
}

/** As `engines` in package.json has it. */
function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new LaunchError(`Tally takes Node 20.19 or later, and this is ${process.version}`);
}

function requirePackages(project) {
  const { dependencies } = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
  const folder = join(project, "node_modules");
  if (Object.keys(dependencies).every((name) => existsSync(join(folder, name, "package.json")))) return;
  throw new LaunchError(`not all packages that Tally needs are installed: run \`npm ci\` in ${project}`);
}

/** What each command builds images with. */
const missingFor = Object.freeze({ flash: missingTools, image: missingSdk });

/** What can't be built need not be compiled. With its help, a dry run, or a look at an image, no command needs the SDK. */
function requireSdk([command, ...options]) {
  if (!Object.hasOwn(missingFor, command ?? "")) return;
  if (options.some((option) => ["--help", "-h", "--dry-run", "show"].includes(option))) return;
  const missing = missingFor[command](process.env);
  if (missing !== undefined) throw new LaunchError(missing);
}
