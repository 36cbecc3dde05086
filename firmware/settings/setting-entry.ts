/** What belongs together: a product has all settings of a group or none. */
export type SettingGroup = "metering" | "communication" | "valve" | "exercise";

/**
 * Who may change a setting: whoever has the service key; where it decides what a pulled battery loses, only unlocked; where
 * it decides how much is counted, only unlocked and under a new calibration epoch.
 */
export type SettingProtection = "service" | "unlocked" | "calibration";

/** One number that a meter can be configured with. Its name has the unit last. */
export interface SettingEntry extends GroupedSetting {
  readonly group: SettingGroup;
  readonly protection: SettingProtection;
}

/** What a setting has of its own. */
interface GroupedSetting {
  /** Stored in the meter's flash: never changed, and never given to another setting. */
  readonly id: number;
  readonly lowest: number;
  readonly highest: number;
  /** The value must divide this, if given. */
  readonly divisorOf?: number;
  /** What a product has that gives no value of its own; without it, each product must give one. */
  readonly default?: number;
}

type Grouped<Own, Group extends SettingGroup> = {
  readonly [Name in keyof Own]: Own[Name] & { readonly group: Group; readonly protection: SettingProtection };
};

/** Settings by their names, with the group and the protection that they have in common. */
export function settingsOfGroup<
  const Group extends SettingGroup,
  const Own extends Readonly<Record<string, GroupedSetting>>,
>(group: Group, protection: SettingProtection, own: Own): Grouped<Own, Group> {
  const entries: Record<string, SettingEntry> = {};
  for (const name in own)
    entries[name] = Object.freeze({ ...(own[name] as GroupedSetting), group, protection });
  return Object.freeze(entries) as Grouped<Own, Group>;
}
