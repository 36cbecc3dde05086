import type { Hardware } from "../../hal/hardware.js";
import { MeterStorage } from "../storage/meter-storage.js";
import type { RetainedSlices } from "../storage/retained-slices.js";
import { settingNamesById } from "./setting-table.js";
import { OwnSettingsMemory } from "./own-settings-memory.js";
import {
  buildSettings,
  type ConfigurableProduct,
  overrideSettings,
  type Settings,
  usableOf,
} from "./settings.js";
import { type SettingsMemory, unusableProduct } from "./settings-memory.js";
import { SettingsStore } from "./settings-store.js";

/** Before the settings are read nobody knows better: any supply will do. */
const leastMillivolts = 1;

/** What meters can be. */
export interface ProductRange<Product extends ConfigurableProduct> {
  /** The settings of each product, of a meter that has none of its own, in the order of retained memory. */
  readonly plainSettings: readonly Settings<Product>[];
  /** One of them: what a meter is that was told a name which this firmware does not know. */
  readonly unknownProduct: Product;
}

/** This meter's own settings, on its flash. */
export function openSettingsStore({ flash, power }: Hardware, retained: RetainedSlices): SettingsStore {
  return new SettingsStore(new MeterStorage(flash, power, retained, leastMillivolts));
}

/**
 * The settings of this run. They can only change in a run of the application, so what a sleep follows has left them in
 * retained memory. A run that ended otherwise may have stored others and not said so.
 * @param product what a meter is that has not been told
 */
export function loadSettings<Product extends ConfigurableProduct>(
  hardware: Hardware,
  retained: RetainedSlices,
  memory: SettingsMemory,
  range: ProductRange<Product>,
  product: Product,
): Settings<Product> {
  const { plainSettings } = range;
  const plain = retained.hasSlept ? plainSettings[memory.productIndex] : undefined;
  if (plain && memory.hasPlainSettings) return plain;
  if (plain && memory.hasOwnSettings) {
    const { values } = new OwnSettingsMemory(retained);
    if (values) return overrideSettings(plain, values);
  }
  const store = openSettingsStore(hardware, retained);
  const indexOf = (name: string): number =>
    plainSettings.findIndex((settings) => settings.product.name === name);
  const told = indexOf(store.productName === "" ? product.name : store.productName);
  memory.productIndex = told < 0 ? indexOf(range.unknownProduct.name) : told;
  const settings = keepSettings(
    store,
    retained,
    memory,
    (plainSettings[memory.productIndex] as Settings<Product>).product,
  );
  if (told < 0) memory.unusableEntry = unusableProduct;
  return settings;
}

/** Puts into retained memory what each wake needs of the store, and gives the settings as they are now. */
export function keepSettings<Product extends ConfigurableProduct>(
  store: SettingsStore,
  retained: RetainedSlices,
  memory: SettingsMemory,
  product: Product,
): Settings<Product> {
  const { overrides } = store;
  const usable = usableOf(overrides);
  memory.unusableEntry = 0;
  overrides.forEach((_, id) => {
    if (settingNamesById[id] && !usable.has(id)) memory.unusableEntry = id;
  });
  memory.serialNumber = store.serialNumber;
  memory.calibrationEpoch = store.calibration?.epoch ?? 0;
  const isPlain = changesNothing(usable, product);
  memory.hasPlainSettings = isPlain;
  memory.hasOwnSettings = !isPlain && new OwnSettingsMemory(retained).keep(usable);
  return buildSettings(product, usable);
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
