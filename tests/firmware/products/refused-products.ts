/**
 * Products that must not compile. Nothing runs this file: `npm run check` fails when one of them does compile, for then
 * the comment that expects its error stands there for nothing.
 */
import { defineProduct } from "../../../firmware/products/product.js";

/** What a product tells is not what these are about. */
const told = { readings: [], reported: [], intervals: "intervalData" } as const;

const common = { name: "heat", meterObject: 3424, headEndHost: "", headEndPort: 1, apn: "", ...told };
const counting = { pulseWeightMillilitres: 1, debounceMilliseconds: 1, checkpointPulses: 1 };
const own = { ...counting, magnetSeconds: 1 };

export const withoutValue = defineProduct({
  ...common,
  duties: ["contact"],
  settingGroups: ["metering", "communication"],
  // @ts-expect-error Nobody has said how long a magnet takes, and there is no default.
  settings: counting,
});

export const withForeignSetting = defineProduct({
  ...common,
  duties: ["contact"],
  settingGroups: ["metering", "communication", "valve"],
  // @ts-expect-error It has no settings of exercise.
  settings: { ...own, valveExerciseDays: 30 },
});

export const withUnknownSetting = defineProduct({
  ...common,
  duties: ["contact"],
  settingGroups: ["metering", "communication"],
  // @ts-expect-error There is no such setting.
  settings: { ...own, price: 1 },
});

export const withoutSettingsOfDuty = defineProduct({
  ...common,
  // @ts-expect-error There is nothing to exercise the valve by.
  duties: ["valve", "contact"],
  settingGroups: ["metering", "communication", "valve"],
  settings: own,
});

export const withoutCommonGroup = defineProduct({
  ...common,
  duties: [],
  // @ts-expect-error Every meter reports.
  settingGroups: ["metering"],
  settings: own,
});
