import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  checksumOf,
  legalChecksum,
  legalFolders,
  LegalSourceError,
  legalSources,
} from "../../../sim/run/legal-checksum.js";
import { projectFiles } from "../../structure/source-files.js";
import { importsIn } from "../../structure/imports.js";

const sources = legalSources();
const paths = [...sources.keys()];

describe("the checksum of the legally relevant part", () => {
  it("is over what the register is counted, kept and recovered by", () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        "drivers/pulse-counter/pulse-counter.ts",
        "firmware/legal/metering.ts",
        "firmware/legal/register/journal.ts",
        "firmware/legal/retained/power-period.ts",
        "firmware/legal/rings/record.ts",
        "hal/base/bytes.ts",
        "hal/base/modular-difference.ts",
        "hal/core/pulse-decoder.c",
      ]),
    );
  });

  it.each(paths)("changes with %s", (path) => {
    const content = sources.get(path) as Uint8Array;
    const changed = Uint8Array.from(content);
    changed[changed.length - 1] = (changed[changed.length - 1] as number) ^ 1;
    expect(checksumOf(new Map([...sources, [path, changed]]))).not.toBe(legalChecksum());
  });

  it("changes when a file is added, taken away or given another name", () => {
    const [first = ""] = paths;
    const without = new Map([...sources].filter(([path]) => path !== first));
    const renamed = new Map([...without, [`${first}x`, sources.get(first) as Uint8Array]]);
    const longer = new Map([...sources, ["hal/base/new.ts", new Uint8Array(0)]]);
    const all = [sources, without, renamed, longer].map(checksumOf);
    expect(new Set(all).size).toBe(4);
  });

  it("is over files of three kinds, and TypeScript and C that read no other", () => {
    const others = paths.filter((path) => !/\.(ts|[ch]|md)$/.test(path));
    expect(others).toEqual([]);
    const decoder = new TextDecoder();
    const included = [...sources].flatMap(([path, content]) =>
      Array.from(decoder.decode(content).matchAll(/^\s*#\s*include\s*(.*)$/gm), ([, what = ""]) => [
        path,
        what,
      ]),
    );
    const ofCompiler = /^<std(bool|def|int)\.h>$/;
    const foreign = included.filter(([path = "", what = ""]) => {
      const own = /^"([\w-]+\.h)"$/.exec(what)?.[1];
      return !ofCompiler.test(what) && !(own !== undefined && sources.has(`${dirname(path)}/${own}`));
    });
    expect(included.length).toBeGreaterThan(4);
    expect(foreign).toEqual([]);
  });

  it("is the same whatever order the files are read in", () => {
    expect(checksumOf(new Map([...sources].reverse()))).toBe(legalChecksum());
  });

  it("leaves out nothing that the legally relevant part imports to run", () => {
    const outside = importsIn(projectFiles()).filter(
      ({ from, to, isTypeOnly }) => sources.has(from) && !isTypeOnly && !sources.has(to),
    );
    expect(outside).toEqual([]);
  });
});

describe("a checkout's legal folders", () => {
  let project: string;
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "tally-legal-"));
    for (const folder of legalFolders) mkdirSync(join(project, folder, "deep"), { recursive: true });
  });
  afterEach(() => {
    rmSync(project, { recursive: true });
  });

  it("give every source that stands there", () => {
    const names = legalFolders.map((folder) => `${folder}/deep/new.ts`);
    for (const name of names) writeFileSync(join(project, name), "1\n");
    expect([...legalSources(project).keys()].sort()).toEqual([...names].sort());
  });

  it.each([
    "firmware/legal/.DS_Store",
    "firmware/legal/deep/.journal.ts.swp",
    "firmware/legal/register/recovery.ts.orig",
    "hal/base/bytes.ts~",
    "hal/core/debug.log",
    "hal/core/deep/table.inc",
    "drivers/pulse-counter/.hidden.ts",
  ])("with %s, which is no source, are refused", (name) => {
    mkdirSync(join(project, dirname(name)), { recursive: true });
    writeFileSync(join(project, name), "");
    expect(() => legalSources(project)).toThrow(
      new LegalSourceError(`${name} is no source, and stands among those of the legal checksum: remove it`),
    );
  });

  it.each([".#journal.ts", "journal.ts"])("with %s, a link that leads nowhere, are refused", (name) => {
    symlinkSync("somebody@somewhere.1:2", join(project, "firmware/legal", name));
    expect(() => legalSources(project)).toThrow(`firmware/legal/${name} is no source`);
  });

  it("with line ends of another system are refused, by the first file that has them", () => {
    writeFileSync(join(project, "hal/base/bytes.ts"), "one\r\ntwo\r\n");
    expect(() => legalSources(project)).toThrow(
      new LegalSourceError(
        "hal/base/bytes.ts has line ends with CR, and the legal checksum is over LF alone: restore it with " +
          "`rm hal/base/bytes.ts` and `git checkout hal/base/bytes.ts`, or have your editor write LF",
      ),
    );
  });
});
