import type { SettingGroup } from "./setting-entry.js";
import {
  type OwnValues,
  type SettingName,
  settingNames,
  settingNamesById,
  settingProblem,
  settingTable,
  type SettingsOf,
} from "./setting-table.js";

/** The groups that every product has. */
export type CommonGroup = "metering" | "communication";
type OptionalGroup = Exclude<SettingGroup, CommonGroup>;

/** A product's settings with what a meter has that was told nothing else. A setting that it has not got is not there. */
export type ProductSettings = SettingsOf<CommonGroup> & Partial<SettingsOf<OptionalGroup>>;

/** What the settings of a meter depend on. */
export interface ConfigurableProduct {
  /** As it is stored in flash: never changed. */
  readonly name: string;
  readonly settingGroups: readonly SettingGroup[];
  readonly settings: ProductSettings;
}

type GroupSettings = { readonly [Group in CommonGroup]: SettingsOf<Group> } & {
  readonly [Group in OptionalGroup]?: SettingsOf<Group>;
};

/** The settings of one meter, by their groups; those that its product has not got are missing. */
export type Settings<Product extends ConfigurableProduct = ConfigurableProduct> = GroupSettings & {
  readonly product: Product;
};

type Groups = Partial<Record<SettingGroup, Partial<Record<SettingName, number>>>>;

/** Every setting of these groups with the product's own value, else its default. */
export function productSettings<Group extends SettingGroup>(
  groups: readonly Group[],
  own: OwnValues<Group>,
): SettingsOf<Group> {
  const values: Partial<Record<SettingName, number>> = {};
  for (let index = 0; index < settingNames.length; index++) {
    const name = settingNames[index] as SettingName;
    const entry = settingTable[name];
    if (!(groups as readonly SettingGroup[]).includes(entry.group)) continue;
    const value = (own as Partial<Record<SettingName, number>>)[name] ?? entry.default;
    values[name] = value as number;
  }
  return Object.freeze(values) as SettingsOf<Group>;
}

/** The names of a product's settings, in the order of the table. */
export function settingNamesOf({ settings }: ConfigurableProduct): readonly SettingName[] {
  return Object.keys(settings) as SettingName[];
}

/** The product's setting of that name; undefined when it has none. */
export function findSettingName(product: ConfigurableProduct, name: string): SettingName | undefined {
  return settingNamesOf(product).find((candidate) => candidate === name);
}

/**
 * True for a stored value that the meter works with. An update may have narrowed its range: then the product's own counts
 * instead. What a meter was calibrated with stays, whatever the range: the product's own was never true of it.
 */
function isUsable(name: SettingName, value: number): boolean {
  if (settingTable[name].protection === "calibration") return Number.isInteger(value) && value > 0;
  return settingProblem(name, value) === undefined;
}

/**
 * The product's settings with this meter's own values, by setting id, in place of the product's. One that is not usable is
 * left out: it must not stop the meter.
 */
export function buildSettings<Product extends ConfigurableProduct>(
  product: Product,
  overrides: ReadonlyMap<number, number>,
): Settings<Product> {
  const settings: Groups = {};
  const names = settingNamesOf(product);
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as SettingName;
    const values = (settings[settingTable[name].group] ??= {});
    values[name] = product.settings[name] as number;
  }
  Object.values(settings).forEach(Object.freeze);
  return overrideSettings({ ...settings, product } as unknown as Settings<Product>, usableOf(overrides));
}

/** Of these values, by setting id, those that are usable. */
export function usableOf(overrides: ReadonlyMap<number, number>): Map<number, number> {
  const usable = new Map<number, number>();
  overrides.forEach((value, id) => {
    const name = settingNamesById[id];
    if (name && isUsable(name, value)) usable.set(id, value);
  });
  return usable;
}

/**
 * As `buildSettings`, from the settings of a meter that has none of its own, and values that are known to be usable; groups
 * that stay as they are stay the same.
 */
export function overrideSettings<Product extends ConfigurableProduct>(
  plain: Settings<Product>,
  overrides: ReadonlyMap<number, number>,
): Settings<Product> {
  const settings: Groups = {};
  overrides.forEach((value, id) => {
    const name = settingNamesById[id];
    if (!name) return;
    const { group } = settingTable[name];
    const values = plain[group];
    if (values) (settings[group] ??= { ...values })[name] = value;
  });
  Object.values(settings).forEach(Object.freeze);
  return Object.freeze({ ...plain, ...settings }) as Settings<Product>;
}
