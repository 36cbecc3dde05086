import type { KnownBoard } from "../../manifests/boards/boards.js";
import type { EngineFactory } from "../chip/boundary/engine.js";
import type { BatteryFigures } from "../world/battery/battery.js";
import type { PulseSource } from "../world/demand/pulse-source.js";
import type { ModemBehaviour } from "../world/modem/modem-behaviour.js";
import type { NetworkConditions } from "../world/network/network-conditions.js";
import type { NetworkSituation } from "./network-situations.js";
import type { Product } from "../../firmware/products/product.js";
import type { MeteringSettings } from "../../firmware/settings/setting-table.js";
import type { PulseSensor } from "../../hal/pulse-input.js";

/** Everything that decides a run: the same options give the same trace, on every engine. */
export interface RunOptions {
  readonly product: Product;
  readonly engine: EngineFactory;
  readonly seed: number;
  /** UTC at the start of the run. */
  readonly startEpochSeconds: number;
  /** How long water is drawn; the closing report comes after that. */
  readonly durationSeconds: number;
  /** What flows through the meter. */
  readonly pulses: PulseSource;
  /** The board that the meter is built on; an ideal one unless given. */
  readonly board?: KnownBoard;
  /** What is soldered to the pulse input, if not what the board has. */
  readonly sensor?: PulseSensor;
  /** What differs from a normal day of the network. */
  readonly network?: Partial<NetworkConditions>;
  /** What else is amiss with the network, the SIM or the head-end; goes before `network` and `modem`. */
  readonly networkSituations?: readonly NetworkSituation[];
  /** What differs from a healthy modem. */
  readonly modem?: Partial<ModemBehaviour>;
  /** What differs from a new battery. */
  readonly battery?: Partial<BatteryFigures>;
  /** How long the reeds bounce at most, as in `ReedOptions`. */
  readonly longestBounceMicroseconds?: number;
  /** The meter's own settings, by name, in place of the product's. */
  readonly settings?: ReadonlyMap<string, number>;
  /** How often the run's book takes a sample; a day unless given, and a day is a whole number of them. */
  readonly sampleSeconds?: number;
  /** How much faster than true time the crystal runs. */
  readonly driftPartsPerMillion?: number;
}

/** The value that a run's meter uses: its own, or the product's. */
export function configuredValue({ product, settings }: RunOptions, name: keyof MeteringSettings): number {
  return settings?.get(name) ?? product.settings[name];
}
