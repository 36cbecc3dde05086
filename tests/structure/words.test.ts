/** Small rules about words that no compiler holds. */
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { productFiles, projectFiles } from "./source-files.js";

const all = projectFiles();
const product = productFiles(all);
const here = "tests/structure/words.test.ts";

/** `path:line: text` for every line of `files` that fits. */
function linesWith(pattern: RegExp, files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) =>
    path === here
      ? []
      : text
          .split("\n")
          .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

describe("the sources", () => {
  it("have no file or folder that is called after nothing", () => {
    const empty = /(^|\/|-)(utils?|utilities|helpers?|managers?|misc|stuff)(\.|\/|$)/;
    expect([...all.keys()].filter((path) => empty.test(path))).toEqual([]);
  });

  it("leave nothing for later", () => {
    expect(linesWith(/\b(TODO|FIXME|XXX|HACK|([Tt]o|TO)[- ]?([Dd]o|DO) (later|LATER))\b/, all)).toEqual([]);
  });
});

describe("what runs on a meter", () => {
  const meter = new Map([...product].filter(([path]) => /^(firmware|drivers|hal|manifests)\//.test(path)));

  it("silences no compiler and no rule", () => {
    expect(
      linesWith(
        /@ts-(expect-error|ignore|nocheck)|eslint-(disable|enable)|\/\*\s*(eslint|globals?|exported)\b|prettier-ignore/,
        meter,
      ),
    ).toEqual([]);
  });

  it("takes in no declarations but by imports", () => {
    expect(linesWith(/^\s*\/\/\/\s*<reference/, meter)).toEqual([]);
  });

  it("writes down the path of no LwM2M resource but in the table of readings", () => {
    const firmware = new Map(
      [...meter].filter(([path]) => path.startsWith("firmware/") && !path.startsWith("firmware/readings/")),
    );
    expect(linesWith(/^[^*]*["'`]\/\d+(\/|["'`])/, firmware)).toEqual([]);
    // A registration's place at the server, and the server of objects, which knows none of them.
    const joined = linesWith(/\.join\(["'`]\/["'`]\)|`\/\$\{/, firmware).map((line) => line.split(":")[0]);
    expect([...new Set(joined)].sort()).toEqual([
      "firmware/uplink/session.ts",
      "firmware/wire/lwm2m/object-server.ts",
    ]);
  });
});

describe("the folders", () => {
  it("have no file of source under an ending that no rule reads", () => {
    const known = /\.(ts|js|cjs|mjs|c|h|S|ld|json|md|txt|csv|svg|html|css|sql|mk|defaults)$/;
    const places = ["firmware", "drivers", "hal", "manifests", "sim", "jig", "command", "bin"];
    const strange = places.flatMap((place) =>
      readdirSync(place, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !known.test(entry.name))
        .map((entry) => `${entry.parentPath}/${basename(entry.name)}`),
    );
    expect(strange).toEqual([]);
  });

  it("of the meter have no C that stands under another ending", () => {
    const text = [...all].filter(([path]) => /^hal\/.*\.[ch]$/.test(path));
    expect(text.length).toBeGreaterThan(10);
    const strange = text.flatMap(([path, content]) =>
      Array.from(
        content.matchAll(/^\s*#\s*include\s*"([^"]*)"/gm),
        ([, name = ""]) => `${path}: ${name}`,
      ).filter((line) => !/\.[ch]$/.test(line)),
    );
    expect(strange).toEqual([]);
  });
});
