import type { DigitalInputConstructor, DigitalOutputConstructor } from "../../digital.js";

export interface DigitalOutputWiring {
  readonly gpio: number;
  /** True when level 1 is the low voltage. Level 0 is the idle level in any case. */
  readonly isActiveLow: boolean;
}

export interface DigitalInputWiring {
  readonly gpio: number;
  /** True when the low voltage reads as 1. */
  readonly isActiveLow: boolean;
  readonly pull: "none" | "up" | "down";
}

/** The board's output lines by name. The class throws as `DigitalOutputConstructor` says. */
export function digitalOutputClass(
  lines: Readonly<Record<string, DigitalOutputWiring>>,
): DigitalOutputConstructor;

/** The board's input lines by name. The class throws as `DigitalInputConstructor` says. */
export function digitalInputClass(
  lines: Readonly<Record<string, DigitalInputWiring>>,
): DigitalInputConstructor;
