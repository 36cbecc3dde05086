import { describe, expect, it } from "@jest/globals";
import { defineProduct } from "../../../firmware/products/product.js";
import { plainSettings, products, unknownProduct } from "../../../firmware/products/products.js";
import { settingNames, settingProblem, settingTable } from "../../../firmware/settings/setting-table.js";
import { buildSettings, settingNamesOf } from "../../../firmware/settings/settings.js";

const settings = products.flatMap((product) =>
  settingNamesOf(product).map((name) => ({ product, name, label: `${product.name}: ${name}` })),
);

function isThawed(value: unknown): boolean {
  return !Object.isFrozen(value);
}

describe("every product", () => {
  it.each(settings)("has a value within the setting's range ($label)", ({ product, name }) => {
    expect(settingProblem(name, product.settings[name] ?? NaN)).toBeUndefined();
  });

  it.each(products)("$name has each setting of its groups and no other", (product) => {
    const expected = settingNames.filter((name) => product.settingGroups.includes(settingTable[name].group));
    expect(settingNamesOf(product)).toEqual(expected);
  });

  it.each(products)("$name has a name that the settings store can hold", ({ name }) => {
    expect(name).toMatch(/^[a-z]{1,16}$/);
  });

  it.each(products)("$name can't be changed", (product) => {
    const { duties, settingGroups, settings, readings, reported } = product;
    expect([product, settings, duties, settingGroups, readings, reported].filter(isThawed)).toEqual([]);
  });

  it("stands where retained memory and flash of meters in the field have it", () => {
    expect(products.map(({ name }) => name)).toEqual(["water", "gas"]);
  });

  it("has its plain settings made beforehand, in the same order", () => {
    const all = [...products, unknownProduct];
    expect(plainSettings).toEqual(all.map((product) => buildSettings(product, new Map())));
  });

  it("has another name than what a meter is of no known product, which does nothing by itself", () => {
    expect(products.map(({ name }) => name)).not.toContain(unknownProduct.name);
    expect(unknownProduct.duties).toEqual([]);
  });
});

/** What a product tells is not what these are about. */
const told = { readings: [], reported: [], intervals: "intervalData" } as const;

describe("a product that is written down", () => {
  it("gets the defaults that it does not differ in", () => {
    const own = { pulseWeightMillilitres: 1, debounceMilliseconds: 1, magnetSeconds: 1, checkpointPulses: 1 };
    const heat = defineProduct({
      ...{ name: "heat", meterObject: 3424, headEndHost: "", headEndPort: 1, apn: "", ...told },
      duties: ["contact"],
      settingGroups: ["metering", "communication"],
      settings: { ...own, intervalSeconds: 900 },
    });
    expect(heat.settings).toMatchObject({ ...own, intervalSeconds: 900, billingDay: 1 });
    expect(heat.settings).not.toHaveProperty("valveExerciseDays");
  });
});
