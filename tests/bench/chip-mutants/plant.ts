import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectFolder } from "../../../sim/engines/build/project-folder.js";
import { bugsOfLinesAndFlash } from "./bugs-of-lines-and-flash.js";
import { bugsOfLongLives } from "./bugs-of-long-lives.js";
import { bugsOfTimeAndPower } from "./bugs-of-time-and-power.js";
import type { PlantedBug } from "./planted-bug.js";

export const plantedBugs: readonly PlantedBug[] = Object.freeze([
  ...bugsOfTimeAndPower,
  ...bugsOfLinesAndFlash,
  ...bugsOfLongLives,
]);

/**
 * The text of the bug's file with the bug in it.
 * @throws {Error} when what it replaces does not stand there exactly once.
 */
export function plantedText({ name, file, from, to }: PlantedBug): string {
  const text = readFileSync(join(projectFolder(), "hal", "esp32", file), "utf8");
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`${file} has ${parts.length - 1} places for "${name}": change from and to`);
  return parts.join(to);
}

/** Writes the file with the bug in it to its place below `folder`. */
export function plant(bug: PlantedBug, folder: string): void {
  const path = join(folder, "hal", "esp32", bug.file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, plantedText(bug));
}
