import { beforeAll, describe, expect, it } from "@jest/globals";
import { Compiler, type Edits } from "../compiler.js";
import { Markdown } from "./markdown.js";

const page = new Markdown("CONTRIBUTING.md");

/** What holds a table's facts to all who use them: no file of these may have anything to say. */
const users = [
  "firmware/settings/setting-table.ts",
  "firmware/settings/settings.ts",
  "firmware/readings/readings.ts",
  "firmware/uplink/resources.ts",
  "firmware/products/water.ts",
  "firmware/products/gas.ts",
  "firmware/contracts/service-commands.ts",
  "firmware/contracts/service-results.ts",
  "firmware/local/service-port/authenticated-commands.ts",
  "firmware/local/service-port/service-port.ts",
  "command/settings/settings-run.ts",
  "command/settings/setting-words.ts",
];

const insert =
  (text: string, before: string) =>
  (source: string): string =>
    source.replace(before, () => `${text}${before}`);

const insertBehind =
  (text: string, line: string) =>
  (source: string): string =>
    source.replace(line, () => `${line}${text}`);

/**
 * An example under a name that nobody gives: whoever has copied it from the page, or adds the very thing that it is about,
 * has it in the tree already.
 */
const renamed =
  (...names: readonly string[]) =>
  (text: string): string =>
    names.reduce((changed, name) => changed.replaceAll(name, `${name}OfThePage`), text);

const nameIn = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? "no name on the page";

let compiler: Compiler;
beforeAll(() => {
  compiler = new Compiler();
});

/** Complaints of the users and of a file that makes use of what is new. */
function complaints(edits: Edits, use: string): Readonly<Record<string, string>> {
  return compiler.complaints([...users, "use.ts"], { ...edits, "use.ts": () => use });
}

describe("the example of a setting", () => {
  const blocks = page.blocks("### A setting", "ts");
  const [entry = "", words = "", use = ""] = blocks.map(renamed(nameIn(blocks[0] ?? "", /(\w+): \{/)));
  const table = "firmware/settings/metering-settings.ts";
  const end = "  }),\n});";
  const wordsTable = "command/settings/setting-words.ts";
  const reader = `import type { MeteringSettings } from "./firmware/settings/setting-table.js";\nexport ${use}`;

  it("compiles with its entry and its words", () => {
    const edits = { [table]: insert(entry, end), [wordsTable]: insert(words, "});") };
    expect(complaints(edits, reader)).toEqual({});
  });

  it("does not compile without words", () => {
    expect(Object.keys(complaints({ [table]: insert(entry, end) }, reader))).toEqual([wordsTable]);
  });

  it("does not compile without it", () => {
    expect(Object.keys(complaints({}, reader))).toEqual(["use.ts"]);
  });

  it("without a default lets no product compile that gives no value", () => {
    const without = entry.replace(/, default: \w+/, "");
    const edits = { [table]: insert(without, end), [wordsTable]: insert(words, "});") };
    expect(Object.keys(complaints(edits, reader))).toEqual([
      "firmware/products/water.ts",
      "firmware/products/gas.ts",
    ]);
  });
});

describe("the example of a reading", () => {
  const blocks = page.blocks("### A reading", "ts");
  const [entry = ""] = blocks.map(renamed(nameIn(blocks[0] ?? "", /(\w+): define/)));
  const name = nameIn(entry, /(\w+): define/);
  const table = "firmware/readings/readings.ts";
  const use = `export const told: import("./${table.replace(/ts$/, "js")}").ReadingName = "${name}";\n`;

  it("compiles with its one entry", () => {
    expect(complaints({ [table]: insert(entry, "  valveOpen: define({") }, use)).toEqual({});
  });

  it("does not compile without it", () => {
    expect(Object.keys(complaints({}, use))).toEqual(["use.ts"]);
  });

  it("does not compile as a type that there is not", () => {
    const wrong = entry.replace('"boolean"', '"flag"');
    expect(Object.keys(complaints({ [table]: insert(wrong, "  valveOpen: define({") }, use))).toContain(
      table,
    );
  });
});

describe("the example of a service command", () => {
  const blocks = page.blocks("### A service command", "ts");
  const named = [/command\("(\w+)"/, /gives<(\w+)>/].map((pattern) => nameIn(blocks[0] ?? "", pattern));
  const [entry = "", result = "", handler = ""] = blocks.map(renamed(...named));
  const name = nameIn(entry, /command\("(\w+)"/);
  const type = nameIn(entry, /gives<(\w+)>/);
  const use = `
    import type { ParametersOf, ResultOf } from "./firmware/contracts/service-commands.js";
    export const asked: ParametersOf<"${name}"> = { sequence: 1 };
    export const pulses = (day: ResultOf<"${name}">): number => day.forwardPulses;
  `;
  const contract: Edits = {
    "firmware/contracts/service-commands.ts": (source) =>
      insert(entry, '  command("selfTest"')(insertBehind(`\n  ${type},`, "import type {")(source)),
    "firmware/contracts/service-results.ts": (source) => source + result,
  };
  const handlers = "firmware/local/service-port/authenticated-commands.ts";

  it("compiles with its entry, its result and its handler", () => {
    const edits = { ...contract, [handlers]: insert(handler, "  readLog: (") };
    expect(complaints(edits, use)).toEqual({});
  });

  it("does not compile until there is a handler", () => {
    expect(Object.keys(complaints(contract, use))).toContain(handlers);
  });

  it("gives the handler its parameters' types", () => {
    const wrong = handler.replace("daysFrom(sequence, 1)", 'daysFrom(sequence.padStart(2, "0"), 1)');
    const edits = { ...contract, [handlers]: insert(wrong, "  readLog: (") };
    expect(Object.keys(complaints(edits, use))).toContain(handlers);
  });
});
