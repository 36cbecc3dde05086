import { water } from "../../firmware/products/water.js";
import type { MeteringSettings } from "../../firmware/settings/setting-table.js";
import { buildSettings } from "../../firmware/settings/settings.js";

/** How the meter under proof counts and records: the water meter's own, which no step of a script changes. */
export const provenSettings: MeteringSettings = buildSettings(water, new Map()).metering;
