import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { SettingId, settingProblem } from "../../../firmware/settings/definition.js";
import { products } from "../../../firmware/products/products.js";
import { buildSettings } from "../../../firmware/settings/settings.js";
import { water } from "../../../firmware/products/water.js";

fc.configureGlobal({ seed: 24 });

const plain = new Map<number, number>();
const definitions = products.flatMap((product) =>
  product.settings.map((definition) => ({
    product,
    definition,
    label: `${product.name}: ${definition.name}`,
  })),
);
const definition = fc.constantFrom(...definitions);

/** The settings as pairs of name and value; the valve's have its name in front, as their definitions have. */
function flatten(settings: ReturnType<typeof buildSettings>): Map<string, number> {
  const valve = Object.entries(settings.valve).map(
    ([name, value]: [string, number]) =>
      [`valve${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, value] as const,
  );
  return new Map<string, number>([
    ...Object.entries(settings.metering),
    ...Object.entries(settings.communication),
    ...valve,
  ]);
}

describe("every product", () => {
  it.each(definitions)("has a default within its own range ($label)", ({ definition: each }) => {
    expect(settingProblem(each, each.value)).toBeUndefined();
  });

  it.each(products)("$name numbers and names its settings once", ({ settings }) => {
    expect(new Set(settings.map(({ id }) => id)).size).toBe(settings.length);
    expect(new Set(settings.map(({ name }) => name)).size).toBe(settings.length);
  });

  it.each(products)("$name names each setting as the firmware does", ({ settings }) => {
    const ids = new Map<string, number>(Object.entries(SettingId));
    for (const { name, id } of settings) expect([name, ids.get(name)]).toEqual([name, id]);
  });

  it.each(products)("$name has a name that the settings store can hold", ({ name }) => {
    expect(name).toMatch(/^[a-z]{1,16}$/);
  });

  it("has a name of its own", () => {
    expect(new Set(products.map(({ name }) => name)).size).toBe(products.length);
  });

  it.each(products)(
    "$name divides the day into whole intervals, whatever length it allows",
    ({ settings }) => {
      const interval = settings.find(({ id }) => id === SettingId.intervalSeconds);
      if (!interval) throw new Error("no interval length");
      const uneven: number[] = [];
      for (let seconds = interval.lowest; seconds <= interval.highest; seconds++)
        if (settingProblem(interval, seconds) === undefined && 86_400 % seconds !== 0) uneven.push(seconds);
      // A midnight that is no boundary of an interval gets no value of its own.
      expect(uneven.slice(0, 3)).toEqual([]);
    },
  );
});

describe("buildSettings", () => {
  it.each(products)("gives $name its defaults, each where it belongs", (product) => {
    const expected = new Map<string, number>(product.settings.map(({ name, value }) => [name, value]));
    expect(flatten(buildSettings(product, plain))).toEqual(expected);
  });

  it("takes a meter's own value, and no other", () => {
    fc.assert(
      fc.property(
        definition,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ product, definition: each }, part) => {
          const own = each.lowest + Math.floor(part * (each.highest - each.lowest));
          // A narrower range of values is the definition's right.
          fc.pre(settingProblem(each, own) === undefined);
          const expected = flatten(buildSettings(product, plain)).set(each.name, own);
          expect(flatten(buildSettings(product, new Map([[each.id, own]])))).toEqual(expected);
        },
      ),
    );
  });

  it("ignores a value that is out of range or no whole number", () => {
    const nonsense = fc.oneof(
      fc.constantFrom(NaN, Infinity, -Infinity, -1, -0.5),
      fc.nat().map((above) => 1e9 + above),
      fc.nat(3000).map((half) => half + 0.5),
    );
    fc.assert(
      fc.property(definition, nonsense, ({ product, definition: each }, value) => {
        expect(buildSettings(product, new Map([[each.id, value]]))).toEqual(buildSettings(product, plain));
      }),
    );
  });

  it("ignores a setting that no product has", () => {
    expect(buildSettings(water, new Map([[9999, 1]]))).toEqual(buildSettings(water, plain));
  });

  it("refuses a product that leaves a setting undefined", () => {
    const short = { ...water, settings: water.settings.filter(({ id }) => id !== SettingId.retrySeconds) };
    expect(() => buildSettings(short, plain)).toThrow(RangeError);
  });
});

describe("settingProblem", () => {
  const battery = {
    id: SettingId.batteryLowMillivolts,
    name: "batteryLowMillivolts",
    value: 3300,
    lowest: 2500,
    highest: 3600,
  };

  it("has nothing to say about the ends of the range", () => {
    expect(settingProblem(battery, 2500)).toBeUndefined();
    expect(settingProblem(battery, 3600)).toBeUndefined();
  });

  it.each([2499, 3601, 3000.5, NaN])("names the range and the value (%d)", (value) => {
    expect(settingProblem(battery, value)).toBe(
      `batteryLowMillivolts must be a whole number from 2500 to 3600, not ${value}`,
    );
  });
});
