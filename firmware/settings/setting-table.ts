import { communicationSettings } from "./communication-settings.js";
import { meteringSettings } from "./metering-settings.js";
import type { SettingEntry, SettingGroup } from "./setting-entry.js";
import { valveSettings } from "./valve-settings.js";

const entries = { ...meteringSettings, ...communicationSettings, ...valveSettings };

type Entries = typeof entries;
export type SettingName = keyof Entries;

/** Every setting that any product has, by its name: the one place that knows them. */
export const settingTable: Readonly<Record<SettingName, SettingEntry>> = Object.freeze(entries);

/** In the order of the table. */
export const settingNames = Object.freeze(Object.keys(settingTable)) as readonly SettingName[];

/** At each id the setting that has it: every wake of a meter with settings of its own looks some up. */
export const settingNamesById: readonly (SettingName | undefined)[] = Object.freeze(namesById());

function namesById(): (SettingName | undefined)[] {
  const names: (SettingName | undefined)[] = [];
  for (let index = 0; index < settingNames.length; index++) {
    const name = settingNames[index] as SettingName;
    const { id } = settingTable[name];
    while (names.length <= id) names.push(undefined);
    names[id] = name;
  }
  return names;
}

type NamesOf<Group extends SettingGroup> = {
  [Name in SettingName]: Entries[Name]["group"] extends Group ? Name : never;
}[SettingName];

/** The values of a group, or of several. */
export type SettingsOf<Group extends SettingGroup> = { readonly [Name in NamesOf<Group>]: number };

export type MeteringSettings = SettingsOf<"metering">;
export type CommunicationSettings = SettingsOf<"communication">;
export type ValveSettings = SettingsOf<"valve">;
export type ExerciseSettings = SettingsOf<"exercise">;

type NamesWithDefault = {
  [Name in SettingName]: Entries[Name] extends { readonly default: number } ? Name : never;
}[SettingName];

/** What a product with these groups says: a value where there is no default, and of the others those it differs in. */
export type OwnValues<Group extends SettingGroup> = Omit<SettingsOf<Group>, NamesWithDefault> &
  Partial<SettingsOf<Group>>;

/**
 * Says what is wrong with `value` for a setting, in one line with the allowed range; undefined when nothing is.
 */
export function settingProblem(name: SettingName, value: number): string | undefined {
  const { lowest, highest, divisorOf } = settingTable[name];
  const isInRange = Number.isInteger(value) && value >= lowest && value <= highest;
  if (!isInRange) return `${name} must be a whole number from ${lowest} to ${highest}, not ${value}`;
  if (divisorOf === undefined || divisorOf % value === 0) return undefined;
  return `${name} must be from ${lowest} to ${highest} and divide ${divisorOf}, which ${value} does not`;
}
