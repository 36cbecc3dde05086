import { readdirSync } from "node:fs";

/*
 * All direct tests of the mutated folders in one file: loading it takes a fraction of the time of loading each by
 * itself, and that happens once for every mutant. Run by `npm run test:mutation` alone.
 */
const folders = ["legal/rings", "legal", "storage"];

/** What takes longest comes last, because the first failure ends a mutant's run. */
const slow = [
  "mirrored-log.test.ts",
  "checkpoint-policy.test.ts",
  "intervals.test.ts",
  "recovery.test.ts",
  "record-ring-history.test.ts",
  "record-ring-faults.test.ts",
  "record-ring.test.ts",
];

const files: string[] = [];
for (const folder of folders)
  for (const name of readdirSync(new URL(`../firmware/${folder}/`, import.meta.url)))
    if (name.endsWith(".test.ts")) files.push(`${folder}/${name}`);
const slownessOf = (file: string): number => slow.indexOf(file.slice(file.lastIndexOf("/") + 1));
files.sort((one, other) => slownessOf(one) - slownessOf(other) || (one < other ? -1 : 1));
for (const file of files) await import(`../firmware/${file}`);
