import type { Product } from "../../firmware/products/product.js";
import { type SettingName, settingProblem } from "../../firmware/settings/setting-table.js";
import { settingNamesOf } from "../../firmware/settings/settings.js";
import { suggestion } from "../kit/closest-name.js";
import { findByTypedName, typedName } from "../kit/names.js";
import { UsageError } from "../kit/usage-error.js";

/**
 * A meter's own settings by their names in the firmware.
 * @param given by the names that were typed
 * @throws {UsageError} for a setting that the product has not got, or a value that no meter would take.
 */
export function meterSettings(
  product: Product,
  given: ReadonlyMap<string, number>,
): ReadonlyMap<SettingName, number> {
  const settings = new Map<SettingName, number>();
  for (const [typed, value] of given) {
    const name = findByTypedName(typed, settingNamesOf(product));
    if (name === undefined)
      throw new UsageError(
        `a ${product.name} meter has no setting ${typed}${suggestion(typed, settingNamesOf(product).map(typedName))}; \`tally settings --product ${product.name}\` lists them`,
      );
    const problem = settingProblem(name, value);
    if (problem !== undefined) throw new UsageError(problem.replace(name, typedName(name)));
    settings.set(name, value);
  }
  return settings;
}
