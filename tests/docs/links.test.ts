/** What the pages name is there: files, headings, scripts, commands and their options. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Bench } from "../command/bench.js";
import { Markdown, markdownFiles } from "./markdown.js";

const paths = markdownFiles();
const pages = paths.map((path) => ({ path, page: new Markdown(path) }));

describe("the pages", () => {
  it("are found", () => {
    expect(paths).toEqual(expect.arrayContaining(["README.md", "docs/service-port.md"]));
  });

  it.each(pages)("$path leads to files that are there, and to headings in them", ({ path, page }) => {
    for (const target of page.links.filter((link) => !/^[a-z]+:/.test(link))) {
      const [file = "", anchor] = target.split("#");
      const place = file === "" ? path : normalize(join(dirname(path), file));
      expect([target, existsSync(place)]).toEqual([target, true]);
      if (anchor !== undefined) expect(new Markdown(place).anchors).toContain(anchor);
    }
  });

  it.each(pages)("$path names files and folders that are there", ({ page }) => {
    const tops = "bin|command|docs|drivers|firmware|hal|jig|manifests|sim|tests|\\.ci";
    const named = page.codeSpans.filter((code) => new RegExp(`^(${tops})/[\\w./-]*$`).test(code));
    expect(named.filter((place) => !existsSync(place))).toEqual([]);
  });

  it.each(pages)("$path names scripts of package.json", ({ page }) => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly scripts: object };
    const named = Array.from(page.code.matchAll(/npm run (?:--silent )?([\w:-]+)/g), ([, name]) => name);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});

/** `tally jig report --csv`: the words after `tally` and the options on the line. */
interface Call {
  readonly command: string;
  readonly options: readonly string[];
}

function callsIn({ code }: Markdown): Call[] {
  const lines = code.replaceAll("\\\n", " ").split("\n");
  return lines.flatMap((line) =>
    Array.from(line.matchAll(/(?:^|npx |^node bin\/)tally((?: [a-z][a-z-]*(?= |$))*)([^&|]*)/g), (found) => {
      const [, words = "", rest = ""] = found;
      // Two blanks begin a line's explanation.
      const [line = ""] = rest.split(/ {2,}/);
      return { command: words.trim(), options: line.match(/--[a-z][a-z-]*/g) ?? [] };
    }),
  );
}

const calls = pages.flatMap(({ path, page }) => callsIn(page).map((call) => ({ path, ...call })));
const commands = [...new Set(calls.map(({ command }) => command.replace(/^help /, "")))];

describe("the commands on the pages", () => {
  it("are many", () => {
    expect(commands).toEqual(expect.arrayContaining(["sim", "jig report", "verify-log"]));
  });

  it.each(commands)("tally %s exists, with the options that it is called with", async (command) => {
    const bench = new Bench();
    expect([await bench.run(`${command} --help`), bench.errors.text]).toEqual([0, ""]);
    const help = bench.output.text;
    expect(help).toContain(`Usage: tally ${command === "" ? "<command>" : command}`);
    const options = calls.filter((call) => call.command === command).flatMap((call) => call.options);
    expect(options.filter((option) => !new RegExp(`${option}\\b`).test(help))).toEqual([]);
  });
});
