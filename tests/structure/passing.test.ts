import { describe, expect, it } from "@jest/globals";
import { namesPassedOn, type PassedOn } from "./passing.js";
import { roomTable } from "./room-table.js";
import { findingText, productFiles, projectFiles } from "./source-files.js";

const allowed: readonly PassedOn[] = [
  {
    file: "firmware/legal/metering.ts",
    name: "announcePowerPeriod",
    why: "metering.ts is the legal part's door",
  },
  ...["modem-bc660k-gl", "product-water", "product-gas"].map((name) => ({
    file: `manifests/${name}.ts`,
    name: name.startsWith("modem") ? "Modem" : "product",
    why: "a build takes one of several in the place of a declaration",
  })),
];

it("nothing is passed on to other rooms, or under a second name", () => {
  const files = new Map([...productFiles(projectFiles())].filter(([path]) => /\.[jt]s$/.test(path)));
  expect(namesPassedOn(files, roomTable, allowed).map(findingText)).toEqual([]);
});

describe("the check of what is passed on", () => {
  const session = ["firmware/uplink/session.ts", "export class Session {}"] as const;

  function rules(...lines: string[]): string[] {
    const files = new Map([["firmware/duties/door.ts", lines.join("\n")], session]);
    return namesPassedOn(files, roomTable).map(({ line, rule }) => `${line}: ${rule}`);
  }

  const imported = 'import { Session } from "../uplink/session.js";';

  it.each([
    ['export { Session } from "../uplink/session.js";', "Session is firmware/uplink/session.ts's to give"],
    [
      'export type { Session } from "../uplink/session.js";',
      "Session is firmware/uplink/session.ts's to give",
    ],
    ['export * from "../uplink/session.js";', "* is firmware/uplink/session.ts's to give"],
    ['export * as uplink from "../uplink/session.js";', "* is firmware/uplink/session.ts's to give"],
    ['export {\n  Session as Other,\n} from "../uplink/session.js";', "Other is a second name for Session"],
  ])("finds %s", (text, rule) => {
    expect(rules(text)).toEqual([`1: ${rule}`]);
  });

  it.each([
    ["export { Session };", "Session is firmware/uplink/session.ts's to give"],
    ["export { Session as Other };", "Other is a second name for Session"],
    ["export const Other = Session;", "Other is a second name for Session"],
    ["export const Other = (Session as unknown);", "Other is a second name for Session"],
    ["export type Other = Session;", "Other is a second name for Session"],
    ["export class Other extends Session {}", "Other is a second name for Session"],
    ["export interface Other extends Session {}", "Other is a second name for Session"],
    ["export default Session;", "default is a second name for Session"],
  ])("finds behind an import %s", (text, rule) => {
    expect(rules(imported, text)).toEqual([`2: ${rule}`]);
  });

  it.each([
    ["a file of the same room", "firmware/uplink/door.ts", 'export { Session } from "./session.js";'],
    ["what is made of it", "firmware/duties/a.ts", `${imported} export const made = new Session();`],
    ["a type of a type", "firmware/duties/a.ts", `${imported} export type Some = Session | undefined;`],
    ["what is its own", "firmware/duties/a.ts", "const own = 1; export { own };"],
  ])("lets %s be", (_, path, text) => {
    expect(namesPassedOn(new Map([[path, text], session]), roomTable)).toEqual([]);
  });
});
