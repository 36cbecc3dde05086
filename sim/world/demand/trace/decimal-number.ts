import type { DecimalSign } from "./trace-reading.js";

/** Decimals kept of a number; more than any logger writes. */
export const decimals = 18;

const digitsAlone = /^\d{1,15}$/;
const grouping = "[ '’\\u00a0\\u2009\\u202f]";
const forms: Readonly<Record<DecimalSign, RegExp>> = {
  point: numberForm("\\.", `(?:,|${grouping})`),
  comma: numberForm(",", `(?:\\.|${grouping})`),
};

function numberForm(decimal: string, group: string): RegExp {
  return new RegExp(
    `^\\+?(\\d{1,3}(?:(${group})\\d{3})(?:\\2\\d{3})*|\\d*)(?:${decimal}(\\d*))?(?:e([+-]?\\d{1,2}))?$`,
    "i",
  );
}

/**
 * A number of at least 0, times 10^18, further decimals cut off; groups of three digits may be set apart.
 * @returns undefined when it is none.
 */
export function parseDecimal(text: string, sign: DecimalSign): bigint | undefined {
  if (digitsAlone.test(text)) return BigInt(text) * scale;
  const match = forms[sign].exec(text);
  if (!match) return undefined;
  const [, grouped = "", , fraction = "", exponent = "0"] = match;
  const whole = grouped.replace(/\D/g, "");
  if (whole + fraction === "") return undefined;
  const shift = decimals - fraction.length + Number(exponent);
  const digits = BigInt(whole + fraction);
  return shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
}

const scale = 10n ** BigInt(decimals);

/**
 * What a number gives away of the decimal sign: `either` for one like `1,234`, undefined for one that is the same with
 * both.
 * @param isWhole whether only whole numbers can stand there
 */
export function decimalEvidence(text: string, isWhole: boolean): DecimalSign | "either" | undefined {
  const marks = text.replace(/[^.,]/g, "");
  if (marks === "") return undefined;
  const last = marks.endsWith(".") ? "point" : "comma";
  const other = last === "point" ? "comma" : "point";
  const isMixed = marks.includes(".") && marks.includes(",");
  if (isMixed) return last;
  if (marks.length > 1) return other;
  const [whole = "", fraction = ""] = text.split(/[.,]/);
  const isGroup = /^\+?[1-9]\d{0,2}$/.test(whole) && /^\d{3}$/.test(fraction);
  if (!isGroup) return last;
  return isWhole && fraction !== "000" ? other : "either";
}
