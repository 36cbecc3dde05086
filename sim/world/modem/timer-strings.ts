/** The 8-bit timer strings of AT+CPSMS and +CEREG: three bits of unit, five bits of value. */
interface TimerUnit {
  readonly code: string;
  readonly seconds: number;
}

/** GPRS timer 3, for T3412 (3GPP TS 24.008, 10.5.7.4a). */
const periodicUpdateUnits: readonly TimerUnit[] = Object.freeze([
  { code: "011", seconds: 2 },
  { code: "100", seconds: 30 },
  { code: "101", seconds: 60 },
  { code: "000", seconds: 600 },
  { code: "001", seconds: 3_600 },
  { code: "010", seconds: 36_000 },
  { code: "110", seconds: 1_152_000 },
]);

/** GPRS timer 2, for T3324 (3GPP TS 24.008, 10.5.7.4). */
const activeUnits: readonly TimerUnit[] = Object.freeze([
  { code: "000", seconds: 2 },
  { code: "001", seconds: 60 },
  { code: "010", seconds: 360 },
]);

const deactivated = "11100000";

/** Seconds; undefined for a deactivated timer. */
export function decodePeriodicUpdate(bits: string): number | undefined {
  return decode(bits, periodicUpdateUnits);
}

export function decodeActive(bits: string): number | undefined {
  return decode(bits, activeUnits);
}

export function periodicUpdateBits(seconds: number | undefined): string {
  return encode(seconds, periodicUpdateUnits);
}

export function encodeActive(seconds: number | undefined): string {
  return encode(seconds, activeUnits);
}

export function isTimerString(text: string): boolean {
  return /^[01]{8}$/.test(text);
}

function decode(bits: string, units: readonly TimerUnit[]): number | undefined {
  const unit = units.find(({ code }) => code === bits.slice(0, 3));
  return unit && unit.seconds * Number.parseInt(bits.slice(3), 2);
}

/** In the finest unit that reaches, rounded up. */
function encode(seconds: number | undefined, units: readonly TimerUnit[]): string {
  if (seconds === undefined) return deactivated;
  const unit = units.find((candidate) => seconds <= 31 * candidate.seconds);
  if (!unit) return deactivated;
  return (
    unit.code +
    Math.ceil(seconds / unit.seconds)
      .toString(2)
      .padStart(5, "0")
  );
}
