import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { inWorkshop } from "../../../sim/engines/build/build-program.js";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";
import type { RunCosts } from "../../../sim/engines/process/process-engine.js";

/**
 * Runs every scenario of the tests on RV32, within the chip's budget of memory.
 * @returns the costs of each engine's worst, field by field.
 * @throws {Error} when a scenario does not pass.
 */
export async function measureScenarios(): Promise<RunCosts[]> {
  return inWorkshop(async (workshop) => {
    const costs = join(workshop, "costs");
    const jest = join(projectFolder(), "node_modules", "jest", "bin", "jest.js");
    const options = ["tests/scenarios", "--testTimeout=3600000", "--silent", "--maxWorkers=2"];
    try {
      await promisify(execFile)(process.execPath, ["--experimental-vm-modules", jest, ...options], {
        cwd: projectFolder(),
        env: { ...process.env, TALLY_SCENARIO_ENGINE: "rv32", TALLY_SCENARIO_COSTS: costs },
        maxBuffer: 64 * 1024 * 1024,
      });
    } catch (error) {
      throw new Error(`scenarios fail on RV32: ${failureText(error as RunError)}`, { cause: error });
    }
    return readFileSync(costs, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as RunCosts);
  });
}

/** How `execFile` tells of a run that did not end well. */
interface RunError extends Error {
  readonly stderr?: string;
  readonly signal?: string | null;
}

/** The scenarios that failed and why, as far as it was told; in any case how the run ended. */
function failureText({ stderr = "", signal, message }: RunError): string {
  if (typeof signal === "string") return `the run was killed by ${signal}; memory may have been short`;
  const found = [/^ {2}● (.*)$/gm, /the firmware failed: (.*)$/gm, /(Exceeded timeout of \d+ ms)/g]
    .flatMap((pattern) => [...stderr.matchAll(pattern)])
    .map(([, what = ""]) => what);
  const isLate = found.some((what) => what.startsWith("Exceeded timeout"));
  const said = found.length > 0 ? [...new Set(found)].join("; ") : (message.split("\n")[0] ?? "");
  return isLate ? `${said}: this computer is busy or too slow; run it again when it is idle` : said;
}
