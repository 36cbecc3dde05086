import { join } from "node:path";
import { createHash } from "node:crypto";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";
import { runBare } from "../bare/run-bare.js";

/**
 * Instructions of one block of SHA-256 in plain C, counted on an emulated RV32IMC core.
 * @throws {Error} when its digest is not what Node's is.
 */
export async function measureSha256Block(): Promise<number> {
  const figures = await runBare([join(projectFolder(), "tests", "bench", "device", "sha256-cost.c")]);
  const digest = figures.get("digest");
  if (digest !== createHash("sha256").update("abc").digest("hex"))
    throw new Error(`the emulated SHA-256 of "abc" is ${digest ?? "missing"}`);
  return Number(`0x${figures.get("instructions") ?? ""}`);
}
