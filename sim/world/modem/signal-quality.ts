import type { Signal } from "../network/network-conditions.js";
import { cell } from "./registration-report.js";

/** NRSRQ, the ratio of NRSRP to NRSSI (3GPP TS 36.214, 5.1.27), with the cell's own share of 3 dB. */
function qualityDb({ noiseRatioDb }: Signal): number {
  return Math.round(-3 - 10 * Math.log10(1 + 10 ** (-noiseRatioDb / 10)));
}

function strengthDbm(signal: Signal): number {
  return Math.round(signal.powerDbm - qualityDb(signal));
}

/** `+CSQ: <rssi>,<ber>` (3GPP TS 27.007, 8.5); undefined for a modem that hears nothing. */
export function signalLine(signal: Signal | undefined): string {
  if (!signal) return "+CSQ: 99,99";
  return `+CSQ: ${within(Math.round((strengthDbm(signal) + 113) / 2), 0, 31)},0`;
}

/** `+CESQ: <rxlev>,<ber>,<rscp>,<ecno>,<rsrq>,<rsrp>` (3GPP TS 27.007, 8.69). */
export function extendedSignalLine(signal: Signal | undefined): string {
  if (!signal) return "+CESQ: 99,99,255,255,255,255";
  const quality = within(Math.round((qualityDb(signal) + 20) * 2), 0, 34);
  const power = within(Math.round(signal.powerDbm) + 141, 0, 97);
  return `+CESQ: 99,99,255,255,${quality},${power}`;
}

/** `+QENG: 0,earfcn,off,pci,"cell",rsrp,rsrq,rssi,sinr,band,"tac",ecl,txp,mode`, powers in dBm and dB. */
export function engineeringLine(signal: Signal): string {
  const transmitPowerDbm = within(Math.round(-signal.powerDbm - 90), -40, 23);
  return [
    "+QENG: 0",
    cell.channel,
    cell.channelOffset,
    cell.physicalIdentity,
    `"${cell.identity}"`,
    Math.round(signal.powerDbm),
    qualityDb(signal),
    strengthDbm(signal),
    Math.round(signal.noiseRatioDb),
    cell.band,
    `"${cell.trackingArea}"`,
    signal.coverageLevel,
    transmitPowerDbm,
    2,
  ].join(",");
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
