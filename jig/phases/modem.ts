import { claim } from "./claim.js";
import { definePhase } from "./phase.js";

const marginMilliseconds = 20_000;

/** The modem and its SIM, each of which belongs to one unit only. */
export const modem = definePhase({
  name: "modem",
  measurements: {
    imei: { type: "text" },
    imeiCheckDigit: { type: "flag" },
    iccid: { type: "text" },
    hasSignal: { type: "flag" },
    powerDbm: { type: "number", unit: "dBm" },
    noiseRatioDb: { type: "number", unit: "dB" },
  },
  settings: { signalSeconds: { default: 10, minimum: 0, maximum: 120 } },
  async run({ meter, measure, unit, store, settings }) {
    const { signalSeconds } = settings;
    const timeoutMilliseconds = signalSeconds * 1000 + marginMilliseconds;
    const { result } = await meter.request("modem", { signalSeconds }, { timeoutMilliseconds });
    measure("imei", result.imei);
    measure("imeiCheckDigit", hasLuhnDigit(result.imei));
    measure("iccid", result.iccid);
    measure("hasSignal", result.hasSignal);
    if (result.hasSignal) {
      measure("powerDbm", result.powerDbm);
      measure("noiseRatioDb", result.noiseRatioDb);
    }
    for (const kind of ["imei", "iccid"] as const) {
      if (result[kind] === "") continue;
      unit[kind] = result[kind];
      claim(store, unit, kind, result[kind]);
    }
    return "continue";
  },
});

/** The check digit of an IMEI (3GPP TS 23.003 annex B) or of a card number (ISO/IEC 7812-1). */
export function hasLuhnDigit(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false;
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
