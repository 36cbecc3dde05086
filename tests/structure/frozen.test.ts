/**
 * What the modules of the meter export is frozen, deep: they are preloaded into flash, and the XS linker warns of each
 * object that could change, for it costs RAM. It looks into closures too, and needs the SDK; this needs nothing.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "@jest/globals";
import { projectFiles, projectFolder } from "./source-files.js";

const isModule = /^(firmware|drivers|hal\/base)\/.*(?<!\.d)\.ts$/;
const modules = [...projectFiles().keys()].filter((file) => isModule.test(file));

/** Paths of what is not frozen. Functions and classes are the linker's to freeze. */
function unfrozen(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  const inside = Object.entries(value).flatMap(([name, member]) => unfrozen(member, `${path}.${name}`));
  return Object.isFrozen(value) ? inside : [path, ...inside];
}

describe("the constants that modules of the meter export", () => {
  it("are frozen with all that is in them", async () => {
    const found: string[] = [];
    for (const file of modules) {
      const exported = (await import(pathToFileURL(join(projectFolder, file)).href)) as Record<
        string,
        unknown
      >;
      for (const [name, value] of Object.entries(exported))
        found.push(...unfrozen(value, `${file}: ${name}`));
    }
    expect(found).toEqual([]);
  });
});
