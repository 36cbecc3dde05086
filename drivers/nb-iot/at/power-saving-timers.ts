import { requireRange } from "../../../hal/base/ranges.js";
import { consistsOf } from "./characters.js";

interface TimerUnit {
  /** Bits 8 to 6 of the octet. */
  readonly code: string;
  readonly seconds: number;
}

/** 3GPP TS 24.008, table 10.5.163a (GPRS timer 3), the coarsest first; 111 means deactivated. */
const periodicUnits: readonly TimerUnit[] = Object.freeze([
  Object.freeze({ code: "110", seconds: 1_152_000 }),
  Object.freeze({ code: "010", seconds: 36_000 }),
  Object.freeze({ code: "001", seconds: 3600 }),
  Object.freeze({ code: "000", seconds: 600 }),
  Object.freeze({ code: "101", seconds: 60 }),
  Object.freeze({ code: "100", seconds: 30 }),
  Object.freeze({ code: "011", seconds: 2 }),
]);

/** 3GPP TS 24.008, table 10.5.163 (GPRS timer 2), the coarsest first; 111 means deactivated. */
const activeUnits: readonly TimerUnit[] = Object.freeze([
  Object.freeze({ code: "010", seconds: 360 }),
  Object.freeze({ code: "001", seconds: 60 }),
  Object.freeze({ code: "000", seconds: 2 }),
]);

const largestCount = 31;
/** The finest step of both timers. */
const shortestSeconds = 2;

/** 31 times 320 hours. */
export const longestPeriodicUpdateSeconds = 35_712_000;
/** 31 times six minutes. */
export const longestActiveSeconds = 11_160;

/**
 * T3412 extended as AT+CPSMS takes it: eight binary digits (3GPP TS 24.008, 10.5.7.4a). A time between two
 * steps becomes the next longer one.
 * @throws {RangeError} unless `seconds` is an integer from 2 to `longestPeriodicUpdateSeconds`.
 */
export function encodePeriodicUpdate(seconds: number): string {
  requireRange(seconds, shortestSeconds, longestPeriodicUpdateSeconds, "periodicUpdateSeconds");
  return encode(seconds, periodicUnits);
}

/**
 * T3324 as AT+CPSMS takes it: eight binary digits (3GPP TS 24.008, 10.5.7.3). A time between two steps becomes
 * the next longer one.
 * @throws {RangeError} unless `seconds` is an integer from 2 to `longestActiveSeconds`.
 */
export function encodeActiveTime(seconds: number): string {
  requireRange(seconds, shortestSeconds, longestActiveSeconds, "activeSeconds");
  return encode(seconds, activeUnits);
}

/** The T3324 that the network granted, in seconds; undefined when it is deactivated or no such value. */
export function decodeActiveTime(bits: string): number | undefined {
  if (bits.length !== 8 || !consistsOf(bits, "01") || bits.startsWith("111")) return undefined;
  const code = bits.slice(0, 3);
  // Other units than the listed ones count minutes (10.5.7.3).
  const seconds = activeUnits.find((unit) => unit.code === code)?.seconds ?? 60;
  return parseInt(bits.slice(3), 2) * seconds;
}

function encode(seconds: number, units: readonly TimerUnit[]): string {
  let bits = "";
  let shortest = Infinity;
  for (let index = 0; index < units.length; index++) {
    const unit = units[index] as TimerUnit;
    const count = Math.ceil(seconds / unit.seconds);
    if (count > largestCount || count * unit.seconds >= shortest) continue;
    shortest = count * unit.seconds;
    bits = unit.code + count.toString(2).padStart(5, "0");
  }
  return bits;
}
