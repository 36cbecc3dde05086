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
      const { stderr = "" } = error as { stderr?: string };
      const failed = [...stderr.matchAll(/^ {2}● (.*)$/gm)].map(([, name = ""]) => name);
      const reasons = [...stderr.matchAll(/the firmware failed: (.*)$/gm)].map(([, reason = ""]) => reason);
      const what = [...new Set([...failed, ...reasons])].join("; ");
      throw new Error(`scenarios fail on RV32: ${what}`, { cause: error });
    }
    return readFileSync(costs, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as RunCosts);
  });
}
