import type { Hardware } from "../../hal/hardware.js";
import { MeterStorage } from "../storage/meter-storage.js";
import type { RetainedSlices } from "../storage/retained-slices.js";
import { settingNamesById } from "./setting-table.js";
import { OwnSettingsMemory } from "./own-settings-memory.js";
import { buildSettings, type ConfigurableProduct, overrideSettings, type Settings } from "./settings.js";
import type { SettingsMemory } from "./settings-memory.js";
import { SettingsStore } from "./settings-store.js";

/** Before the settings are read nobody knows better: any supply will do. */
const leastMillivolts = 1;

/** This meter's own settings, on its flash. */
export function openSettingsStore({ flash, power }: Hardware, retained: RetainedSlices): SettingsStore {
  return new SettingsStore(new MeterStorage(flash, power, retained, leastMillivolts));
}

/**
 * The settings of this run. They can only change in a run of the application, so what a sleep follows has left them in
 * retained memory. A run that ended otherwise may have stored others and not said so.
 * @param plainSettings those of every product this meter can be, in the order of retained memory
 * @param product what a meter is that has not been told
 */
export function loadSettings<Product extends ConfigurableProduct>(
  hardware: Hardware,
  retained: RetainedSlices,
  memory: SettingsMemory,
  plainSettings: readonly Settings<Product>[],
  product: Product,
): Settings<Product> {
  const plain = retained.hasSlept ? plainSettings[memory.productIndex] : undefined;
  if (plain && memory.hasPlainSettings) return plain;
  if (plain && memory.hasOwnSettings) {
    const { values } = new OwnSettingsMemory(retained);
    if (values) return overrideSettings(plain, values);
  }
  const store = openSettingsStore(hardware, retained);
  const indexOf = (name: string): number =>
    plainSettings.findIndex((settings) => settings.product.name === name);
  const told = indexOf(store.productName);
  memory.productIndex = Math.max(0, told < 0 ? indexOf(product.name) : told);
  return keepSettings(
    store,
    retained,
    memory,
    (plainSettings[memory.productIndex] as Settings<Product>).product,
  );
}

/** Puts into retained memory what each wake needs of the store, and gives the settings as they are now. */
export function keepSettings<Product extends ConfigurableProduct>(
  store: SettingsStore,
  retained: RetainedSlices,
  memory: SettingsMemory,
  product: Product,
): Settings<Product> {
  const { overrides } = store;
  memory.serialNumber = store.serialNumber;
  memory.calibrationEpoch = store.calibration?.epoch ?? 0;
  const isPlain = changesNothing(overrides, product);
  memory.hasPlainSettings = isPlain;
  memory.hasOwnSettings = !isPlain && new OwnSettingsMemory(retained).keep(overrides);
  return buildSettings(product, overrides);
}

/** True when each number is the product's own. */
function changesNothing(overrides: ReadonlyMap<number, number>, product: ConfigurableProduct): boolean {
  let isPlain = true;
  overrides.forEach((value, id) => {
    const name = settingNamesById[id];
    isPlain &&= name !== undefined && product.settings[name] === value;
  });
  return isPlain;
}
