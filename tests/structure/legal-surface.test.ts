import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { inletsOf } from "./inlets.js";
import { projectFiles, projectFolder } from "./source-files.js";
import { surfaceOf } from "./surface.js";

/** The files of the legally relevant part that others may import, which the table of rooms names one by one. */
const doors = [
  "firmware/legal/metering.ts",
  "firmware/legal/calibration.ts",
  "firmware/legal/rings/entry-keeper.ts",
  "firmware/legal/rings/legal-logs.ts",
  "firmware/legal/rings/log-storage.ts",
  "firmware/legal/rings/mirrored-log.ts",
  "firmware/legal/rings/record.ts",
  "firmware/legal/rings/ring-position.ts",
  "firmware/legal/rings/sector-keeper.ts",
  "firmware/legal/retained/slice.ts",
];

const list = "tests/structure/legal-surface.txt";

it(`the legally relevant part gives to others what ${list} says, and nothing else`, () => {
  const found = doors.map((path) =>
    [
      path,
      ...surfaceOf(path, readFileSync(join(projectFolder, path), "utf8")).map((text) => `  ${text}`),
    ].join("\n"),
  );
  expect(`${found.join("\n\n")}\n`).toBe(readFileSync(join(projectFolder, list), "utf8"));
});

const inlets = "tests/structure/legal-inlets.txt";

it(`the legally relevant part is given by others what ${inlets} says, and nothing else`, () => {
  const found = inletsOf(projectFiles(), doors);
  expect(`${found.join("\n\n")}\n`).toBe(readFileSync(join(projectFolder, inlets), "utf8"));
});

describe("what a file is given", () => {
  const door = [
    'import type { Options as Given } from "./options.js";',
    'import type { Hidden } from "./hidden.js";',
    "export class Metering { constructor(options: Given) { options; } get hidden(): Hidden { return 1; } }",
  ];
  const options = [
    'import type { Events } from "../events.js";',
    "export interface Options extends Base { readonly events: Events }",
    "interface Base { readonly of: Set<Flag> }",
    "type Flag = 1 | 2;",
    "export interface Other { readonly other: number }",
  ];
  const planted = new Map([
    ["a/door.ts", door.join("\n")],
    ["a/options.ts", options.join("\n")],
    [
      "events.ts",
      "export interface Events { append(at: number): boolean; doubled?(pulses: number): number }",
    ],
    ["a/hidden.ts", "export type Hidden = number;"],
  ]);

  it("is what its parameters name, and what that names, with every member", () => {
    expect(inletsOf(planted, ["a/door.ts"])).toEqual([
      [
        "a/options.ts",
        "  interface Options extends Base",
        "    readonly events: Events",
        "  interface Base",
        "    readonly of: Set<Flag>",
        "  type Flag = 1 | 2",
      ].join("\n"),
      [
        "events.ts",
        "  interface Events",
        "    append(at: number): boolean",
        "    doubled?(pulses: number): number",
      ].join("\n"),
    ]);
  });

  it("has what a door says in its own surface once", () => {
    expect(inletsOf(planted, ["a/door.ts", "a/options.ts"]).map((text) => text.split("\n")[0])).toEqual([
      "events.ts",
    ]);
  });
});

describe("a file's surface", () => {
  it.each([
    [
      "a getter",
      "export class A { get journal(): Journal { return this.#journal; } }",
      ["class A", "  get journal(): Journal"],
    ],
    ["a field", "export class A { readonly register = new Register(); }", ["class A", "  readonly register"]],
    [
      "what is protected",
      "export class A { protected put(at: number): void { at; } }",
      ["class A", "  protected put(at: number): void"],
    ],
    [
      "a constructor",
      "export class A { constructor(readonly journal: Journal) {} }",
      ["class A", "  constructor(readonly journal: Journal)"],
    ],
    ["a base", "export class A extends B implements C {}", ["class A extends B implements C"]],
    [
      "what is passed on",
      'export { Journal as Log } from "./journal.js";',
      ['{ Journal as Log } from "./journal.js"'],
    ],
    ["all that is passed on", 'export * from "./journal.js";', ['* from "./journal.js"']],
    ["a default", "export default journal;", ["default journal"]],
    [
      "a function",
      "export function open(log: string): Ring { return make(log); }",
      ["function open(log: string): Ring"],
    ],
    ["a constant", "export const longest = 4;", ["const longest = 4"]],
    [
      "an interface",
      "export interface A { /** why */ readonly a: number; b(): void }",
      ["interface A", "  readonly a: number", "  b(): void"],
    ],
  ] as [string, string, string[]][])("has %s", (_, text, lines) => {
    expect(surfaceOf("a.ts", text)).toEqual(lines);
  });

  it("has nothing private", () => {
    const text =
      "class B {} export class A { #a = 1; private b(): void {} private get c() { return 1; } #d() {} }";
    expect(surfaceOf("a.ts", text)).toEqual(["class A"]);
  });
});
