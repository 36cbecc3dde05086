/** What belongs together: a product has all settings of a group or none. */
export type SettingGroup = "metering" | "communication" | "valve" | "exercise";

/** Who may change a setting: whoever has the service key, and where it decides how much is counted, only unlocked. */
export type SettingProtection = "service" | "calibration";

/** One number that a meter can be configured with. Its name has the unit last. */
export interface SettingEntry {
  /** Stored in the meter's flash: never changed, and never given to another setting. */
  readonly id: number;
  readonly group: SettingGroup;
  /** As it stands behind a value; empty for a bare number. */
  readonly unit: string;
  readonly lowest: number;
  readonly highest: number;
  /** The value must divide this, if given. */
  readonly divisorOf?: number;
  /** What a product has that gives no value of its own; without it, each product must give one. */
  readonly default?: number;
  readonly protection: SettingProtection;
  /** In words for people, without the unit. */
  readonly description: string;
}
