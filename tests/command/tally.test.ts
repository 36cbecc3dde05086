import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

import { projectFolder } from "../../sim/engines/build/project-folder.js";

interface Ended {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs the compiled command in a process of its own. */
function tally(...argv: string[]): Promise<Ended> {
  const executable = join(projectFolder(), "dist", "command", "tally.js");
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [executable, ...argv], (_error, output, errors) => {
      resolve({ exitCode: child.exitCode ?? -1, output, errors });
    });
  });
}

describe("the executable", () => {
  it("runs the same day alike on both engines", async () => {
    const runs = await Promise.all(
      ["xs", "node"].map(async (engine) => tally("sim", "--engine", engine, "--days", "1", "--json")),
    );
    const hashes = runs.map(({ output }) => (JSON.parse(output) as { traceHash: string }).traceHash);
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(hashes[0]).toBe(hashes[1]);
  });

  it("passes the exit code on", async () => {
    const { exitCode, output, errors } = await tally("sim", "--engine", "v8");
    expect(exitCode).toBe(2);
    expect(output).toBe("");
    expect(errors).toBe('error: unknown engine "v8"; known: xs, node, rv32, chip\n');
  });
});
