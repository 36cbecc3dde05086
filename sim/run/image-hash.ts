import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../engines/build/project-folder.js";

const hashes = new Map<string, string>();

/** SHA-256 of all compiled modules that a meter runs: what stands for an image's hash in the simulator. */
export function firmwareImageHash(): string {
  return hashOf("firmware", "drivers");
}

/** Names and contents of every module of the folders, in order; read once. */
function hashOf(...folders: readonly string[]): string {
  const known = hashes.get(folders.join());
  if (known !== undefined) return known;
  const hash = createHash("sha256");
  for (const folder of folders) {
    const path = join(projectFolder(), "dist", folder);
    const names = readdirSync(path, { recursive: true, encoding: "utf8" });
    for (const name of names.filter((each) => each.endsWith(".js")).sort())
      hash.update(`${folder}/${name}\n`).update(readFileSync(join(path, name)));
  }
  const digest = hash.digest("hex");
  hashes.set(folders.join(), digest);
  return digest;
}
