import { describe, expect, it } from "@jest/globals";
import { namesWithSeveralOwners, type SharedNames } from "./names.js";
import { productFiles, projectFiles } from "./source-files.js";

const shared: readonly SharedNames[] = [
  {
    reason: "One function that has a twin in native code, on the chip and in the simulator.",
    owners: ["hal/base/bytes.ts", "hal/esp32/bytes", "sim/engines/process/bytes.ts"],
  },
  {
    reason: "One class of the HAL: the chip's, and the simulator's in its place.",
    owners: ["hal/esp32", "sim/chip/hardware"],
  },
  {
    reason: "What records the firmware's use of a chip stands in the firmware's place.",
    owners: ["firmware/main.ts", "sim/engines/chip/record"],
  },
  {
    reason: "The head-end is an independent witness, with words of its own for what is on the wire.",
    owners: ["firmware/wire", "sim/head-end"],
  },
  {
    reason: "A build takes one board's provider in the place of the declaration.",
    owners: ["manifests/provider.d.ts", "manifests/boards/*/provider.ts"],
  },
  {
    reason: "Each board has its costs under one name.",
    owners: ["manifests/boards/*/costs.ts"],
  },
  {
    reason: "A build takes one product in the place of the declaration.",
    owners: ["manifests/product.d.ts", "manifests/product-*.ts"],
  },
  {
    reason: "A build takes the class of the board's modem, under the interface's name.",
    owners: ["manifests/modem.d.ts", "manifests/modem-*.ts", "drivers/nb-iot/modem.ts"],
  },
];

it("every exported name has one owner", () => {
  const files = [...productFiles(projectFiles())].filter(([path]) => /\.[jt]s$/.test(path));
  expect(namesWithSeveralOwners(new Map(files), shared)).toEqual([]);
});

describe("the check of names", () => {
  const twins: readonly SharedNames[] = [{ reason: "twins", owners: ["hal/esp32", "sim/chip"] }];

  it.each([
    ["a class", "export class Session {}"],
    ["an abstract class", "export abstract class Session {}"],
    ["a function", "export async function Session() {}"],
    ["a type", "export type Session = number;"],
    ["an interface", "export interface Session {}"],
    ["a constant", "export const other = 1, Session = 2;"],
    ["a class that is exported later", "class Session {}\nexport { Session };"],
  ])("finds %s that somebody else has too", (_, text) => {
    const files = new Map([
      ["drivers/a.ts", text],
      ["firmware/b.ts", "export interface Session {}"],
    ]);
    expect(namesWithSeveralOwners(files, twins)).toEqual(["Session: drivers/a.ts, firmware/b.ts"]);
  });

  it("takes JavaScript and its types as one owner, and lets others share where there is a reason", () => {
    const files = new Map([
      ["hal/esp32/clock.js", "export class Clock {}"],
      ["hal/esp32/clock.d.ts", "export class Clock {}"],
      ["sim/chip/clock.ts", "export class Clock {}"],
    ]);
    expect(namesWithSeveralOwners(files, twins)).toEqual([]);
    expect(namesWithSeveralOwners(files, [])).toHaveLength(1);
  });

  it("lets nobody have a name twice, whatever the reason for others", () => {
    const files = new Map([
      ["hal/esp32/clock.js", "export class Clock {}"],
      ["sim/chip/a.ts", "export class Clock {}"],
      ["sim/chip/b.ts", "export class Clock {}"],
    ]);
    expect(namesWithSeveralOwners(files, twins)).toHaveLength(1);
  });

  it("takes each file that fits a pattern as an owner of its own, and no file that only begins as it", () => {
    const parts: readonly SharedNames[] = [{ reason: "parts", owners: ["sim/part-*.ts", "sim/part.ts"] }];
    const paths = ["sim/part.ts", "sim/part-a.ts", "sim/part-b.ts"];
    const owned = (more: readonly string[]): string[] =>
      namesWithSeveralOwners(
        new Map(paths.concat(more).map((path) => [path, "export class Session {}"])),
        parts,
      );
    expect(owned([])).toEqual([]);
    expect(owned(["sim/deep/part-c.ts"])).toHaveLength(1);
    expect(owned(["sim/part-a/c.ts"])).toHaveLength(1);
    expect(owned(["sim/part-a.tsx"])).toHaveLength(1);
  });

  it("lets a name be that is not exported, or only passed on", () => {
    const files = new Map([
      ["drivers/a.ts", "export class Session {}"],
      ["firmware/b.ts", 'class Session {} export { Session as Other } from "../drivers/a.js";'],
    ]);
    expect(namesWithSeveralOwners(files, [])).toEqual([]);
  });
});
