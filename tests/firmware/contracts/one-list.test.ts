import { describe, expect, it } from "@jest/globals";
import { Compiler, type Edits } from "../../compiler.js";

const port = "firmware/local/service-port";
const list = "firmware/contracts/service-commands.ts";
const results = "firmware/contracts/service-results.ts";

/** Who has to follow when the list changes: what carries commands out, and who gives them. */
const followers = [
  `${port}/service-port.ts`,
  `${port}/open-commands.ts`,
  `${port}/drive-commands.ts`,
  "jig/phases/re-entry.ts",
  "jig/phases/valve.ts",
  "jig/phases/modem.ts",
];

const replaced =
  (from: string, to: string) =>
  (source: string): string =>
    source.replace(from, to);

const changes: readonly (readonly [what: string, edits: Edits, where: readonly string[]])[] = [
  [
    "a parameter's name",
    { [list]: replaced('hexadecimal("response"', 'hexadecimal("answer"') },
    [`${port}/open-commands.ts`, "jig/phases/re-entry.ts"],
  ],
  [
    "a parameter's type",
    { [list]: replaced('hexadecimal("response", digestByteLength)', 'integer("response", 0, 9)') },
    [`${port}/open-commands.ts`, "jig/phases/re-entry.ts"],
  ],
  [
    "a further parameter",
    { [list]: replaced('hexadecimal("response",', 'text("user", 9), hexadecimal("response",') },
    ["jig/phases/re-entry.ts"],
  ],
  ["a choice", { [list]: replaced('"open", "close"', '"open", "shut"') }, ["jig/phases/valve.ts"]],
  [
    "a member of a result",
    { [results]: replaced("hasSignal: boolean", "isHeard: boolean") },
    [`${port}/drive-commands.ts`, "jig/phases/modem.ts"],
  ],
  [
    "a command's name",
    { [list]: replaced('command("modem"', 'command("radio"') },
    [`${port}/service-port.ts`, `${port}/drive-commands.ts`, "jig/phases/modem.ts"],
  ],
  [
    "a further command",
    { [list]: replaced('command("lock"', 'command("blink", "open", gives<LockState>), command("lock"') },
    [`${port}/open-commands.ts`],
  ],
];

describe("the list of commands", () => {
  const compiler = new Compiler();

  it("compiles with all that follow it", () => {
    expect(compiler.complaints(followers)).toEqual({});
  });

  it.each(changes)("can't have %s changed without whoever follows it", (_what, edits, where) => {
    expect(Object.keys(compiler.complaints(followers, edits)).sort()).toEqual([...where].sort());
  });
});
