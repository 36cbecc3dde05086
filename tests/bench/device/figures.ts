import { clockMegahertz } from "../../../manifests/board-costs.js";

/** What the chip pays. Memory in bytes. The figures of `npm run bench:device -- --json`. */
export interface DeviceFigures {
  /** Slots, chunks and stack at their peak, beyond the engine with the modules loaded, over all scenarios. */
  readonly ramBytes: number;
  readonly bytecodeBytes: number;
  /** What the image fills in flash. */
  readonly imageBytes: number;
  readonly instructions: {
    /** From machine ready to sleep: a wake by the timer, without modem and valve. */
    readonly hourlyWake: number;
    /** The same of a meter with four settings of its own. */
    readonly commissionedWake: number;
    /** From machine ready to sleep: a wake that reports 24 values. */
    readonly dailyReport: number;
    /** From machine ready to the first wait: power comes to a meter whose journal and logs are full. */
    readonly coldRecovery: number;
    /** One poll of the contacts, at worst. */
    readonly pulseSample: number;
    /** One block of SHA-256 in plain C. */
    readonly sha256Block: number;
  };
}

/** The most that a figure may be. */
export const limits = Object.freeze({
  ramBytes: 64 * 1024,
  bytecodeBytes: 256 * 1024,
  imageBytes: 1.25 * 1024 * 1024,
  hourlyWake: 1_500_000,
  dailyReport: 25_000_000,
});

/**
 * ESP32-C3 Series Datasheet, table "Current Consumption in Low-Power Modes", modem-sleep: CPU running at 160 MHz, radio
 * off, clocks of all peripherals disabled.
 */
export const runningMilliamperes = 23;

/** One instruction a cycle: what the core does at best, with its code in the cache. */
export function millisecondsOf(instructions: number): number {
  return instructions / (clockMegahertz * 1000);
}

export function microcoulombsOf(instructions: number): number {
  return millisecondsOf(instructions) * runningMilliamperes;
}

export interface Limit {
  readonly name: string;
  readonly figure: number;
  readonly limit: number;
}

export function limitsOf({
  ramBytes,
  bytecodeBytes,
  imageBytes,
  instructions,
}: DeviceFigures): readonly Limit[] {
  return [
    { name: "RAM beyond the baseline, bytes", figure: ramBytes, limit: limits.ramBytes },
    { name: "bytecode, bytes", figure: bytecodeBytes, limit: limits.bytecodeBytes },
    { name: "image, bytes", figure: imageBytes, limit: limits.imageBytes },
    { name: "hourly wake, instructions", figure: instructions.hourlyWake, limit: limits.hourlyWake },
    {
      name: "hourly wake, commissioned, instructions",
      figure: instructions.commissionedWake,
      limit: limits.hourlyWake,
    },
    { name: "daily report, instructions", figure: instructions.dailyReport, limit: limits.dailyReport },
  ];
}

/** One line for each limit that is missed. */
export function missedLimits(figures: DeviceFigures): string[] {
  return limitsOf(figures)
    .filter(({ figure, limit }) => figure > limit)
    .map(({ name, figure, limit }) => `${name}: ${figure}, at most ${limit}`);
}
