import type { RadioPhase } from "./radio-options.js";

export interface ConsumptionState {
  readonly power: "off" | "booting" | "on" | "deep-sleep";
  readonly isLightlyAsleep: boolean;
  /** Extended discontinuous reception (eDRX): the idle radio listens seldom. */
  readonly usesExtendedReception: boolean;
  readonly phase: RadioPhase;
  readonly isTransmitting: boolean;
}

/**
 * Supply current in mA, at 3.6 V. From the BC660K-GL data sheet: 0.8 µA in deep sleep, 38 µA idle in light
 * sleep with eDRX of 40.96 s, 110 to 220 µA with DRX, 10 mA more when connected, about 100 mA transmitting.
 * The others are typical of the class: a processor that runs, a start, a search.
 */
export function consumptionMilliamperes(state: ConsumptionState): number {
  if (state.power === "off") return 0;
  if (state.power === "deep-sleep") return 0.0008;
  if (state.power === "booting") return 10;
  const processor = state.isLightlyAsleep ? 0.03 : 4;
  switch (state.phase) {
    case "off":
    case "psm":
      return processor;
    case "searching":
      return processor + 40;
    case "connected":
      return processor + (state.isTransmitting ? 100 : 10);
    case "idle":
      return processor + (state.usesExtendedReception ? 0.008 : 0.17);
  }
}
