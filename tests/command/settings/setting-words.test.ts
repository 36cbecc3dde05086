import { describe, expect, it } from "@jest/globals";
import { settingWords } from "../../../command/settings/setting-words.js";
import { settingNames } from "../../../firmware/settings/setting-table.js";

const unitsOfNames: readonly (readonly [RegExp, string])[] = [
  [/Seconds$/, "s"],
  [/Milliseconds$/, "ms"],
  [/Days$/, "d"],
  [/Millilitres$/, "mL"],
  [/Millivolts$/, "mV"],
  [/Milliamperes$/, "mA"],
  [/Pulses$/, "pulses"],
];

const entries = settingNames.map((name) => ({ name, words: settingWords[name] }));

describe("the words for settings", () => {
  it("are there for every setting, in the order of the table", () => {
    expect(Object.keys(settingWords)).toEqual(settingNames);
  });

  it.each(entries)("tell $name's unit as its name does", ({ name, words }) => {
    expect(words.unit).toBe(unitsOfNames.find(([ending]) => ending.test(name))?.[1] ?? "");
  });

  it.each(entries)("tell what $name is, without a full stop", ({ words }) => {
    expect(words.description).toMatch(/^[a-z].*[^.]$/);
  });
});
