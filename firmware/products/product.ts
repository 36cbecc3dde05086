import type { ReadingName, ToldReadings } from "../readings/readings.js";
import type { SettingGroup } from "../settings/setting-entry.js";
import type { OwnValues, SettingsOf } from "../settings/setting-table.js";
import { type CommonGroup, type ConfigurableProduct, productSettings } from "../settings/settings.js";

/** What every product tells of itself, of what it has counted, and in each report. */
export const deviceReadings: readonly ReadingName[] = Object.freeze([
  "manufacturer",
  "model",
  "serialNumber",
  "firmwareVersion",
  "batteryVoltage",
  "errorCode",
  "time",
]);
export const meterReadings: readonly ReadingName[] = Object.freeze([
  "forwardPulses",
  "volume",
  "reversePulses",
]);
export const reportedReadings: readonly ReadingName[] = Object.freeze(
  meterReadings.concat("batteryVoltage", "errorCode"),
);

/** The groups of settings that each duty needs. */
interface GroupsOfDuties {
  /** Opens the valve at the start and exercises it. */
  readonly valve: "valve" | "exercise";
  /** Reports to the head-end. */
  readonly contact: "communication";
}

/** What a meter does by itself. */
export type DutyName = keyof GroupsOfDuties;

/** The duties that a product with these groups can have. */
type DutyWith<Group extends SettingGroup> = {
  [Duty in DutyName]: GroupsOfDuties[Duty] extends Group ? Duty : never;
}[DutyName];

/** A kind of meter, as data. */
export interface Product extends ConfigurableProduct, ToldReadings {
  readonly duties: readonly DutyName[];
  readonly headEndHost: string;
  readonly headEndPort: number;
  readonly apn: string;
}

/** A product as it is written down: it names its groups, and the settings that it has no default for or differs in. */
interface ProductData<Group extends SettingGroup> extends Omit<Product, "duties" | "settings"> {
  readonly duties: readonly DutyWith<CommonGroup | Group>[];
  readonly settingGroups: readonly ["metering", "communication", ...Group[]];
  readonly settings: OwnValues<CommonGroup | Group>;
}

/** A product of which it is known which settings it has. */
type ProductWith<Group extends SettingGroup> = Product & {
  readonly settings: SettingsOf<CommonGroup | Group>;
};

/** Makes a product of its data. One that lacks a value or a group that it needs does not compile. */
export function defineProduct<const Group extends SettingGroup>(
  data: ProductData<Group>,
): ProductWith<Group> {
  return Object.freeze({
    ...data,
    readings: Object.freeze(data.readings),
    reported: Object.freeze(data.reported),
    duties: Object.freeze(data.duties),
    settingGroups: Object.freeze(data.settingGroups),
    settings: productSettings<CommonGroup | Group>(data.settingGroups, data.settings),
  }) as ProductWith<Group>;
}
