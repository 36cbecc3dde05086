import type { Hardware } from "../../hal/hardware.js";
import { MeterStorage } from "../storage/meter-storage.js";
import type { RetainedSlices } from "../storage/retained-slices.js";
import type { Product } from "./definition.js";
import { plainSettings, products } from "../products/products.js";
import { buildSettings, type Settings } from "./settings.js";
import type { SettingsMemory } from "./settings-memory.js";
import { SettingsStore } from "./settings-store.js";

/** Before the settings are read nobody knows better: any supply will do. */
const leastMillivolts = 1;

/** This meter's own settings, on its flash. */
export function openSettingsStore({ flash, power }: Hardware, retained: RetainedSlices): SettingsStore {
  return new SettingsStore(new MeterStorage(flash, power, retained, leastMillivolts));
}

/**
 * The settings of this run. They can only change in a run of the application, so a sleep need not make us read them
 * again where they are the product's.
 * @param product what a meter is that has not been told
 */
export function loadSettings(
  hardware: Hardware,
  retained: RetainedSlices,
  memory: SettingsMemory,
  product: Product,
): Settings {
  const plain = plainSettings[memory.productIndex];
  if (memory.hasPlainSettings && plain) return plain;
  const store = openSettingsStore(hardware, retained);
  const index = products.findIndex(({ name }) => name === store.productName);
  memory.productIndex = Math.max(0, index < 0 ? products.indexOf(product) : index);
  return keepSettings(store, memory);
}

/** Puts into retained memory what each wake needs of the store, and gives the settings as they are now. */
export function keepSettings(store: SettingsStore, memory: SettingsMemory): Settings {
  const product = products[memory.productIndex] as Product;
  const { overrides } = store;
  memory.serialNumber = store.serialNumber;
  memory.calibrationEpoch = store.calibration?.epoch ?? 0;
  memory.hasPlainSettings = [...overrides].every(([id, value]) =>
    product.settings.some((definition) => definition.id === id && definition.value === value),
  );
  return buildSettings(product, overrides);
}
