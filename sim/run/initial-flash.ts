import type { Product } from "../../firmware/products/product.js";
import { settingProblem, settingTable } from "../../firmware/settings/setting-table.js";
import { findSettingName, settingNamesOf } from "../../firmware/settings/settings.js";
import { SettingsStore } from "../../firmware/settings/settings-store.js";
import { FlashChip } from "../world/flash/partition-table.js";
import { openPartition, storageOn } from "./flash/flash-access.js";

/** A setting that no meter would take; the message is one line with the allowed range. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}

/** The partitions that hold data, in sectors of 4 KB; `manifests/` lays out the same on the chip. */
export const partitionTable = Object.freeze([
  { label: "journal", sectors: 8 },
  { label: "intervals", sectors: 48 },
  { label: "days", sectors: 20 },
  { label: "months", sectors: 6 },
  { label: "events", sectors: 40 },
  { label: "delivery", sectors: 6 },
  { label: "settings", sectors: 6 },
  { label: "failures", sectors: 6 },
  { label: "scratch", sectors: 2 },
]);

/**
 * A meter's flash as it leaves the factory: blank, but for the product and its own settings, written by the
 * firmware's own store.
 * @throws {SettingError} for an unknown name or a value out of range.
 */
export function createFlash(product: Product, settings: ReadonlyMap<string, number>): FlashChip {
  const chip = new FlashChip(partitionTable);
  const store = new SettingsStore(storageOn(openPartition(chip, "settings")));
  store.storeProduct(product.name);
  for (const [name, value] of settings) {
    const known = findSettingName(product, name);
    if (!known)
      throw new SettingError(
        `unknown setting ${name}; ${product.name} has ${settingNamesOf(product).join(", ")}`,
      );
    const problem = settingProblem(known, value);
    if (problem !== undefined) throw new SettingError(problem);
    store.store(settingTable[known].id, value);
  }
  return chip;
}
