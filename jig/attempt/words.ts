/** Words that are not written in small letters. */
const spellings: Readonly<Record<string, string>> = Object.freeze({
  db: "dB",
  dbm: "dBm",
  iccid: "ICCID",
  imei: "IMEI",
  sim: "SIM",
});

/** A name, or a text with names, as people read it: `openPeakMilliamperes` is "open peak milliamperes". */
export function inWords(name: string): string {
  const words = name.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(" ");
  return words
    .map((word) => spellings[word] ?? word)
    .join(" ")
    .replace("head end", "head-end");
}
