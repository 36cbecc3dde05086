/** How a zone may be written behind a time; `Z` and `UTC+01:30` both. */
export const zoneForm = "Z|(?:UTC|GMT)?\\s?[+-]\\d{1,2}(?::?\\d{2})?|UTC|GMT";

const zone = new RegExp(`^(?:${zoneForm})$`, "i");
/** Kiribati is 14 hours ahead; nobody is further. */
const mostMinutes = 14 * 60;

/** @returns minutes east of Greenwich; undefined for what is no zone. */
export function zoneMinutes(text: string): number | undefined {
  if (!zone.test(text)) return undefined;
  const [, sign, hours = "0", minutes = "0"] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  if (total > mostMinutes || Number(minutes) > 59) return undefined;
  return sign === "-" ? -total : total;
}
