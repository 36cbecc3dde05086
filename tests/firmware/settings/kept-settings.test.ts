import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Hardware } from "../../../hal/hardware.js";
import type { WakeCause } from "../../../hal/power.js";
import type { Product } from "../../../firmware/products/product.js";
import { plainSettings, productRange, unknownProduct } from "../../../firmware/products/products.js";
import { water } from "../../../firmware/products/water.js";
import { keepSettings, loadSettings, openSettingsStore } from "../../../firmware/settings/kept-settings.js";
import { OwnSettingsMemory } from "../../../firmware/settings/own-settings-memory.js";
import { settingNames, settingProblem, settingTable } from "../../../firmware/settings/setting-table.js";
import { buildSettings, type Settings } from "../../../firmware/settings/settings.js";
import { SettingsMemory } from "../../../firmware/settings/settings-memory.js";
import { retainedRooms } from "../../../firmware/storage/retained-rooms.js";
import { RetainedSlices } from "../../../firmware/storage/retained-slices.js";
import { FakeFlashChip, FakePower, FakeRetainedMemory } from "../fake-hardware.js";

fc.configureGlobal({ seed: 11 });

/** A meter of which only the settings matter. */
class SettingsBench {
  readonly power = new FakePower();
  readonly chip = new FakeFlashChip({ settings: 6 });
  /** Reads of the settings' partition. */
  reads = 0;
  /** What the last start could not use. */
  unusableEntry = 0;
  readonly #hardware: Hardware;

  constructor() {
    this.#hardware = { power: this.power, flash: { io: this.chip.io } } as unknown as Hardware;
    this.chip.partition("settings").onStep = ({ kind }) => {
      if (kind === "read") this.reads++;
      return undefined;
    };
  }

  /** What a start that ends well works with. */
  start(cause: WakeCause): Settings<Product> {
    const retained = new RetainedSlices(this.power.retained, cause);
    this.reads = 0;
    const memory = new SettingsMemory(retained);
    const settings = loadSettings(this.#hardware, retained, memory, productRange, water);
    this.unusableEntry = memory.unusableEntry;
    retained.save();
    return settings;
  }

  /** Stores the name of a product, as a firmware did that knew it. */
  tellProduct(name: string): void {
    const retained = new RetainedSlices(this.power.retained, "service");
    expect(openSettingsStore(this.#hardware, retained).storeProduct(name)).toBe(true);
  }

  /** A run that changes settings and, unless it is reset before it can, keeps them for the next wake. */
  change(values: ReadonlyMap<number, number>, isKept = true): void {
    const retained = new RetainedSlices(this.power.retained, "service");
    const store = openSettingsStore(this.#hardware, retained);
    for (const [id, value] of values) expect(store.store(id, value)).toBe(true);
    if (!isKept) return;
    keepSettings(store, retained, new SettingsMemory(retained), water);
    retained.save();
  }
}

const { checkpointPulses, billingDay, intervalSeconds } = settingTable;
const twoSettings = new Map([
  [checkpointPulses.id, 50],
  [billingDay.id, 15],
]);

describe("the settings of a wake from sleep", () => {
  it("are those of the meter itself, without a look at the flash", () => {
    const bench = new SettingsBench();
    bench.start("power-on");
    bench.change(twoSettings);
    expect(bench.start("timer")).toEqual(buildSettings(water, twoSettings));
    expect(bench.reads).toBe(0);
  });

  it("are its own where one of several is as the product has it", () => {
    const bench = new SettingsBench();
    const values = new Map([
      [intervalSeconds.id, water.settings.intervalSeconds],
      [billingDay.id, 15],
    ]);
    bench.start("power-on");
    bench.change(values);
    expect(bench.start("timer").metering.billingDay).toBe(15);
  });

  it("are the product's where the meter has none of its own, without a look at the flash", () => {
    const bench = new SettingsBench();
    bench.start("power-on");
    expect(bench.start("pulses")).toBe(plainSettings[0]);
    expect(bench.reads).toBe(0);
  });

  it("are read from flash after a loss of power, and kept from then on", () => {
    const bench = new SettingsBench();
    bench.change(twoSettings, false);
    bench.power.retained.losePower();
    expect(bench.start("power-on")).toEqual(buildSettings(water, twoSettings));
    expect(bench.reads).toBeGreaterThan(0);
    expect(bench.start("timer")).toEqual(buildSettings(water, twoSettings));
    expect(bench.reads).toBe(0);
  });

  it("are read from flash when what was kept is damaged", () => {
    const bench = new SettingsBench();
    bench.start("power-on");
    bench.change(twoSettings);
    const { offset } = retainedRooms["own-settings"] as { offset: number };
    (bench.power.retained.bytes[offset + 2] as number) ^= 0x10;
    expect(bench.start("timer")).toEqual(buildSettings(water, twoSettings));
    expect(bench.reads).toBeGreaterThan(0);
  });
});

describe("what an image can't use that another one has stored", () => {
  it.each([
    ["an interval that it does not take any more", intervalSeconds.id, 3601],
    ["a number that is none", checkpointPulses.id, -4],
  ])("is told, and the product's own counts: %s", (_, id, value) => {
    const bench = new SettingsBench();
    bench.change(new Map([[id, value], ...twoSettings].reverse() as [number, number][]), false);
    const settings = bench.start("power-on");
    expect(settings).toEqual(
      buildSettings(water, new Map([...twoSettings].filter(([other]) => other !== id))),
    );
    expect(bench.unusableEntry).toBe(id);
    expect(bench.start("timer")).toEqual(settings);
    expect(bench.reads).toBe(0);
  });

  it("is not told where all is used", () => {
    const bench = new SettingsBench();
    bench.change(twoSettings, false);
    bench.start("power-on");
    expect(bench.unusableEntry).toBe(0);
  });

  it("leaves what the meter was calibrated with", () => {
    const bench = new SettingsBench();
    const { id, highest } = settingTable.pulseWeightMillilitres;
    bench.change(new Map([[id, highest + 1]]), false);
    expect(bench.start("power-on").metering.pulseWeightMillilitres).toBe(highest + 1);
    expect(bench.start("timer").metering.pulseWeightMillilitres).toBe(highest + 1);
  });

  it("is the name of a product: the meter counts on with its own settings, and does nothing by itself", () => {
    const bench = new SettingsBench();
    bench.change(twoSettings, false);
    bench.tellProduct("heat");
    for (const cause of ["power-on", "timer"] as const) {
      const { product, metering } = bench.start(cause);
      expect(product).toBe(unknownProduct);
      expect(metering.billingDay).toBe(15);
    }
    bench.start("software");
    expect(bench.unusableEntry).toBe(255);
  });
});

describe.each<WakeCause>(["brown-out", "watchdog", "software"])("after a reset (%s)", (cause) => {
  it.each([
    ["the first that the meter has of its own", new Map<number, number>()],
    ["one of several", new Map([[intervalSeconds.id, 900]])],
  ])("a setting counts that was stored and not kept yet: %s", (_, before) => {
    const bench = new SettingsBench();
    bench.start("power-on");
    bench.change(before);
    bench.change(twoSettings, false);
    expect(bench.start(cause)).toEqual(buildSettings(water, new Map([...before, ...twoSettings])));
  });
});

describe("what is kept of a meter's own settings", () => {
  const entry = fc.constantFrom(...settingNames).chain((name) => {
    const { id, lowest, highest } = settingTable[name];
    return fc.integer({ min: lowest, max: highest }).map((value) => ({ name, id, value }));
  });

  it("is every setting that there is, with any value it may have", () => {
    const all = fc.uniqueArray(entry, { selector: ({ id }) => id });
    fc.assert(
      fc.property(all, (entries) => {
        fc.pre(entries.every(({ name, value }) => settingProblem(name, value) === undefined));
        const values = new Map(entries.map(({ id, value }) => [id, value]));
        const memory = new FakeRetainedMemory();
        const slices = new RetainedSlices(memory, "power-on");
        expect(new OwnSettingsMemory(slices).keep(values)).toBe(true);
        slices.save();
        expect(new OwnSettingsMemory(new RetainedSlices(memory, "timer")).values).toEqual(values);
      }),
    );
  });

  it("has room for all settings at once", () => {
    const values = new Map(settingNames.map((name) => [settingTable[name].id, settingTable[name].highest]));
    const slices = new RetainedSlices(new FakeRetainedMemory(), "power-on");
    expect(new OwnSettingsMemory(slices).keep(values)).toBe(true);
  });

  it.each([
    ["a value with a fraction", new Map([[1, 0.5]])],
    ["a negative value", new Map([[1, -1]])],
    ["a value above 32 bits", new Map([[1, 0x1_0000_0000]])],
    ["an id above 8 bits", new Map([[256, 1]])],
    ["more than there is room for", new Map(Array.from({ length: 31 }, (_, id) => [id, id]))],
  ])("is nothing where it does not fit: %s", (_, values) => {
    const slices = new RetainedSlices(new FakeRetainedMemory(), "power-on");
    expect(new OwnSettingsMemory(slices).keep(values)).toBe(false);
  });

  it("is read from flash at every wake where it does not fit", () => {
    const bench = new SettingsBench();
    bench.start("power-on");
    const values = new Map([...twoSettings, [settingTable.pulseWeightMillilitres.id, 2 ** 33]]);
    bench.change(values);
    expect(bench.start("timer")).toEqual(buildSettings(water, values));
    expect(bench.reads).toBeGreaterThan(0);
  });
});
