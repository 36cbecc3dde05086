import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { MutantTree, requireFresh, StaleMutantError } from "../../../sim/proof/mutant-tree.js";
import { mutants } from "../../../sim/proof/mutants.js";
import { compiledTree } from "../../../sim/proof/proof-pool.js";

const crc = { name: "crc", bug: "none", file: "hal/base/bytes.js", find: "~crc", replace: "crc" };

describe("a mutant", () => {
  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))("%s fits the source", (_name, mutant) => {
    expect(requireFresh(compiledTree(), mutant)).toContain(mutant.find);
    expect(mutant.replace).not.toBe(mutant.find);
  });

  it("changes a copy of the firmware and leaves the original alone", () => {
    const original = readFileSync(join(compiledTree(), crc.file), "utf8");
    const tree = new MutantTree(compiledTree(), crc);
    expect(readFileSync(join(tree.folder, crc.file), "utf8")).toBe(original.replace("~crc", "crc"));
    expect(readFileSync(join(compiledTree(), crc.file), "utf8")).toBe(original);
    tree.remove();
    expect(existsSync(tree.folder)).toBe(false);
  });

  it.each([
    ["no longer occurs", "no such text", 0],
    ["occurs more than once", "crc", undefined],
  ])("is refused when its text %s", (_what, find, times) => {
    const make = (): MutantTree => new MutantTree(compiledTree(), { ...crc, find });
    expect(make).toThrow(StaleMutantError);
    expect(make).toThrow(
      new RegExp(`mutant crc is stale: its text occurs ${times ?? "\\d+"} times in hal/base/bytes.js`),
    );
  });
});
