import type { ChalkInstance } from "chalk";
import type { Product } from "../../firmware/products/product.js";
import type { SettingEntry } from "../../firmware/settings/setting-entry.js";
import { type SettingName, settingTable } from "../../firmware/settings/setting-table.js";
import { settingNamesOf } from "../../firmware/settings/settings.js";
import { ExitCode } from "../kit/failures.js";
import { writeLines } from "../kit/folded-line.js";
import { typedName } from "../kit/names.js";
import { countText } from "../kit/quantities.js";
import type { Surroundings } from "../kit/surroundings.js";
import { type SettingWords, settingWords } from "./setting-words.js";
import type { SettingsRequest } from "./settings-command.js";

interface ListedSetting extends SettingEntry, SettingWords {
  readonly name: SettingName;
  /** Of this product. */
  readonly default: number;
}

const nameColumns = 32;
const valueColumns = 13;
const gap = "  ";
const indentColumns = 6;

/** `tally settings`. */
export function runSettings(
  { product, isJson }: SettingsRequest,
  { output, outputColours }: Pick<Surroundings, "output" | "outputColours">,
): ExitCode {
  const settings = settingsOf(product);
  if (isJson) output.write(`${JSON.stringify({ product: product.name, settings })}\n`);
  else writeLines(output, settingLines(product, settings, outputColours), indentColumns);
  return ExitCode.success;
}

function settingsOf(product: Product): ListedSetting[] {
  return settingNamesOf(product).map((name) => ({
    name,
    ...settingTable[name],
    ...settingWords[name],
    default: product.settings[name] as number,
  }));
}

function settingLines(
  { name: product, settingGroups }: Product,
  settings: readonly ListedSetting[],
  colours: ChalkInstance,
): string[] {
  const { bold, dim } = colours;
  const groups = settingGroups.flatMap((group) => {
    const header = `${group.padEnd(nameColumns)}${"default".padStart(valueColumns)}${gap}protection`;
    const own = settings.filter((setting) => setting.group === group);
    return ["", dim(header), ...own.flatMap((setting) => linesOf(setting, colours))];
  });
  return [
    bold(`What can be set in a ${product} meter`),
    ...groups,
    "",
    "service: with the meter's service key. calibration: only while the meter is unlocked.",
  ];
}

/** The figures in one line, and what they are about in another. */
function linesOf(setting: ListedSetting, { dim }: ChalkInstance): string[] {
  const { name, unit, protection, description, lowest, highest, divisorOf } = setting;
  const range = `${countText(lowest)} to ${quantity(highest, unit)}`;
  const divisor = divisorOf === undefined ? "" : `, a divisor of ${countText(divisorOf)}`;
  const value = quantity(setting.default, unit).padStart(valueColumns);
  return [
    `${gap}${typedName(name)}`.padEnd(nameColumns) + value + gap + protection,
    dim(`${" ".repeat(indentColumns)}${description}; ${range}${divisor}`),
  ];
}

function quantity(value: number, unit: string): string {
  return unit === "" ? countText(value) : `${countText(value)} ${unit}`;
}
