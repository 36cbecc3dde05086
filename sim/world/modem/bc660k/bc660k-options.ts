import type { Random } from "../../../kernel/random.js";
import type { Scheduler } from "../../../kernel/world.js";
import type { Network } from "../../network/network.js";
import type { ModemNumbers } from "./commands/command.js";
import type { ModemBehaviour } from "../modem-behaviour.js";

export interface Bc660kOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly network: Network;
  /** What differs from `defaultModemBehaviour`. */
  readonly behaviour?: Partial<ModemBehaviour>;
  /** Takes what the modem puts out on TXD, when its last character is through. */
  readonly onOutput: (bytes: Uint8Array) => void;
  /** Called when the supply current has changed, for the battery to integrate. */
  readonly onCurrentChange?: (milliamperes: number) => void;
  readonly identity: ModemNumbers;
}

export type ModemState = "off" | "booting" | "idle" | "searching" | "connected" | "psm";
