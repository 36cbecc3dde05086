import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { gas } from "../../../firmware/products/gas.js";
import type { Product } from "../../../firmware/products/product.js";
import { products } from "../../../firmware/products/products.js";
import { water } from "../../../firmware/products/water.js";
import {
  type SettingName,
  settingNames,
  settingProblem,
  settingTable,
} from "../../../firmware/settings/setting-table.js";
import {
  buildSettings,
  findSettingName,
  settingNamesOf,
  type Settings,
} from "../../../firmware/settings/settings.js";

fc.configureGlobal({ seed: 24 });

const plain = new Map<number, number>();
const setting = fc.constantFrom(
  ...products.flatMap((product) => settingNamesOf(product).map((name) => ({ product, name }))),
);

/** The settings as pairs of name and value. */
function flatten(settings: Settings): Map<string, number> {
  const { product, ...groups } = settings;
  expect(new Set(Object.keys(groups))).toEqual(new Set(product.settingGroups));
  return new Map<string, number>(Object.values(groups).flatMap((group) => Object.entries(group)));
}

describe("buildSettings", () => {
  it.each(products)("gives $name its own values and the table's defaults", (product) => {
    expect(flatten(buildSettings(product, plain))).toEqual(new Map(Object.entries(product.settings)));
  });

  it("puts each where its group is", () => {
    const settings = buildSettings(water, plain);
    for (const name of settingNames) {
      const { group } = settingTable[name];
      expect((settings[group] as Partial<Record<SettingName, number>>)[name]).toBe(water.settings[name]);
    }
  });

  it("takes a meter's own value, and no other", () => {
    fc.assert(
      fc.property(setting, fc.double({ min: 0, max: 1, noNaN: true }), ({ product, name }, part) => {
        const { id, lowest, highest } = settingTable[name];
        const own = lowest + Math.floor(part * (highest - lowest));
        // A narrower range of values is the setting's right.
        fc.pre(settingProblem(name, own) === undefined);
        const expected = flatten(buildSettings(product, plain)).set(name, own);
        expect(flatten(buildSettings(product, new Map([[id, own]])))).toEqual(expected);
      }),
    );
  });

  const nonsense = fc.oneof(
    fc.constantFrom(NaN, Infinity, -Infinity, -1, -0.5, 0.5),
    fc.nat(3000).map((half) => half + 0.5),
  );
  const tooHigh = fc.nat().map((above) => 1e9 + above);
  const isCalibrated = (name: SettingName): boolean => settingTable[name].protection === "calibration";

  it("ignores a value that is no whole number, or below 0", () => {
    fc.assert(
      fc.property(setting, nonsense, ({ product, name }, value) => {
        const { id } = settingTable[name];
        expect(buildSettings(product, new Map([[id, value]]))).toEqual(buildSettings(product, plain));
      }),
    );
  });

  it("ignores a value out of its range, unless the meter was calibrated with it", () => {
    fc.assert(
      fc.property(setting, tooHigh, ({ product, name }, value) => {
        const { id } = settingTable[name];
        const built = flatten(buildSettings(product, new Map([[id, value]])));
        expect(built.get(name)).toBe(
          isCalibrated(name) ? value : flatten(buildSettings(product, plain)).get(name),
        );
      }),
    );
    expect(settingNames.filter(isCalibrated)).toContain("pulseWeightMillilitres");
  });

  it("ignores a setting that no product has", () => {
    expect(buildSettings(water, new Map([[9999, 1]]))).toEqual(buildSettings(water, plain));
  });

  it("ignores a setting that this product has not got", () => {
    const { id } = settingTable.valveExerciseDays;
    expect(buildSettings(gas, new Map([[id, 7]]))).toEqual(buildSettings(gas, plain));
    expect(buildSettings(gas, plain)).not.toHaveProperty("exercise");
  });

  it("makes what can't be changed", () => {
    const settings = buildSettings(water, plain);
    expect([settings, ...Object.values(settings)].every(Object.isFrozen)).toBe(true);
  });
});

describe("a product's settings", () => {
  it("are found by their names", () => {
    expect(findSettingName(water, "valveExerciseDays")).toBe("valveExerciseDays");
    expect(findSettingName(gas, "valveStallMilliamperes")).toBe("valveStallMilliamperes");
  });

  it.each<[string, Product]>([
    ["price", water],
    ["constructor", water],
    ["valveExerciseDays", gas],
  ])("are not found by another name (%s)", (name, product) => {
    expect(findSettingName(product, name)).toBeUndefined();
  });
});
