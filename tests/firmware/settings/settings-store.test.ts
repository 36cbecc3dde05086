import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { SettingsStore } from "../../../firmware/settings/settings-store.js";
import { FakeFlash } from "../fake-flash.js";

fc.configureGlobal({ seed: 6 });

/** As many sectors as the partition table gives it. */
const sectors = 4;

function openStore(flash: FakeFlash): SettingsStore {
  return new SettingsStore(flash, () => true);
}

describe("SettingsStore", () => {
  it("holds nothing on a blank chip", () => {
    const store = openStore(new FakeFlash(sectors));
    expect(store.productName).toBe("");
    expect([...store.overrides]).toEqual([]);
  });

  it("knows the product and each setting's last value, now and when it is opened again", () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.double()), { maxLength: 100 });
    fc.assert(
      fc.property(changes, fc.string({ unit: "grapheme-ascii", maxLength: 8 }), (values, name) => {
        const flash = new FakeFlash(sectors);
        const store = openStore(flash);
        store.storeProduct(name);
        for (const [id, value] of values) expect(store.store(id, value)).toBe(true);
        const expected = new Map(values);
        expect(store.overrides).toEqual(expected);
        const again = openStore(flash);
        expect(again.overrides).toEqual(expected);
        expect(again.productName).toBe(name);
      }),
    );
  });

  it("takes the last product that was stored", () => {
    const flash = new FakeFlash(sectors);
    const store = openStore(flash);
    store.storeProduct("irrigate");
    store.storeProduct("gas");
    expect([store.productName, openStore(flash).productName]).toEqual(["gas", "gas"]);
  });

  it("refuses a product name that does not fit its record", () => {
    const flash = new FakeFlash(sectors);
    expect(() => openStore(flash).storeProduct("irrigation")).toThrow(RangeError);
    expect(flash.nor.counters.programs).toBe(0);
  });

  it("says so when the flash refuses, and keeps what was stored", () => {
    const flash = new FakeFlash(sectors);
    const store = openStore(flash);
    store.store(11, 60);
    flash.onStep = ({ kind }) => (kind === "program" ? "refused" : undefined);
    expect(store.store(11, 120)).toBe(false);
    expect(store.overrides.get(11)).toBe(60);
    flash.onStep = undefined;
    expect(openStore(flash).overrides.get(11)).toBe(60);
  });

  it("changes nothing in flash by being opened", () => {
    const flash = new FakeFlash(sectors);
    openStore(flash).store(11, 60);
    const before = flash.nor.counters;
    openStore(flash);
    expect(flash.nor.counters).toEqual(before);
  });

  it("loses no setting, nor the product, however often another one is changed", () => {
    const flash = new FakeFlash(sectors);
    const store = openStore(flash);
    store.storeProduct("water");
    store.store(1, 10_000);
    for (let change = 0; change < 2 * sectors * 127; change++) store.store(13, change % 2 === 0 ? 900 : 3600);
    const again = openStore(flash);
    expect(again.overrides.get(13)).toBe(3600);
    expect(again.overrides.get(1)).toBe(10_000);
    expect(again.productName).toBe("water");
  });
});
