import { daySeconds } from "../../hal/base/time-units.js";
import type { HeadEnd } from "../head-end/head-end.js";
import type { Scheduler } from "../kernel/world.js";
import type { Bc660k } from "../world/modem/bc660k/bc660k.js";
import type { ModemBehaviour } from "../world/modem/modem-behaviour.js";
import type { NetworkConditions } from "../world/network/network-conditions.js";
import type { Network } from "../world/network/network.js";

/** What can be amiss with a mobile network, a SIM or a head-end, for a whole run or from a day of it on. */
export type NetworkSituation =
  | { readonly kind: "no-time" | "utc-clock" }
  /** EMM cause (3GPP TS 24.301, 9.9.3.9). */
  | { readonly kind: "reject"; readonly cause: number }
  /** The T3324 that is granted, whatever was asked for. */
  | { readonly kind: "t3324"; readonly seconds: number }
  | { readonly kind: "dead-bearer" | "no-sim" | "silent-head-end"; readonly fromDay: number };

/** Two hours ahead of UTC: where a clock is read wrongly, that shows. */
const zoneQuarterHours = 8;

/** What of it the network does all the time. */
export function conditionsOf(situations: readonly NetworkSituation[]): Partial<NetworkConditions> {
  return Object.assign({}, ...situations.map(conditionOf)) as Partial<NetworkConditions>;
}

function conditionOf(situation: NetworkSituation): Partial<NetworkConditions> {
  switch (situation.kind) {
    case "no-time":
      return { givesTime: false };
    case "utc-clock":
      return { timeZoneQuarterHours: zoneQuarterHours };
    case "reject":
      return { rejectCause: situation.cause };
    case "t3324":
      return { grantedActiveSeconds: situation.seconds };
    default:
      return {};
  }
}

/** What of it the modem does all the time. */
export function behaviourOf(situations: readonly NetworkSituation[]): Partial<ModemBehaviour> {
  return situations.some(({ kind }) => kind === "utc-clock") ? { clockTells: "utc" } : {};
}

/** Plans what begins on a day. */
export function planSituations(
  situations: readonly NetworkSituation[],
  scheduler: Scheduler,
  meter: { readonly network: Network; readonly modem: Bc660k; readonly headEnd: HeadEnd },
): void {
  for (const situation of situations)
    if ("fromDay" in situation)
      scheduler.schedule(situation.fromDay * daySeconds * 1e6, () => {
        if (situation.kind === "dead-bearer") meter.network.breakBearers();
        else if (situation.kind === "no-sim") meter.modem.seatSim(false);
        else meter.headEnd.fallSilent();
      });
}
