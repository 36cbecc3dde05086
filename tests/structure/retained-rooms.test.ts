import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { mostDuties } from "../../firmware/duties/duty-memory.js";
import { sealByteLength } from "../../firmware/legal/retained/slice.js";
import { retainedRooms } from "../../firmware/storage/retained-rooms.js";

it("retained memory has a room for every slice that is declared, with place for its seal, and no other room", () => {
  const declarations = declaredSlices();
  expect(declarations.map(({ name }) => name).sort()).toEqual(Object.keys(retainedRooms).sort());
  for (const { name, byteLength } of declarations) {
    expect([name, byteLength + sealByteLength <= (retainedRooms[name]?.byteLength ?? 0)]).toEqual([
      name,
      true,
    ]);
  }
});

/** Every declaration in the firmware's sources, by what its owner writes. */
function declaredSlices(): { name: string; byteLength: number }[] {
  const lengths = {
    "nextAt + 7": mostDuties * 8 + 7,
    "notedLogs.length * 2 * positionByteLength": 56,
  };
  return readdirSync("firmware", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .flatMap((path) => {
      const text = readFileSync(`firmware/${path}`, "utf8");
      const pattern =
        /SliceDeclaration = Object\.freeze\(\{\s*name: "([\w-]+)",\s*version: \d+,\s*byteLength: ([^,}]+?),?\s*\}\)/g;
      return Array.from(text.matchAll(pattern), ([, name = "", length = ""]) => ({
        name,
        byteLength: (lengths as Record<string, number>)[length] ?? Number(length),
      }));
    });
}
