import type { Random } from "../kernel/random.js";
import type { Range } from "../world/network/network-conditions.js";
import type { Moment } from "./planned-fault.js";
import { uniform } from "./ranges.js";

/** Odds of a fault's moment; what they leave over is any moment. */
export interface MomentOdds {
  readonly flashOdds: number;
  readonly callOdds: number;
  readonly reportOdds: number;
  /** Flash operations that are let pass at most; calls are many more, so their number is squared. */
  readonly mostPassed: number;
}

export function drawMoment(random: Random, odds: MomentOdds, reportSeconds: Range): Moment {
  const { flashOdds, callOdds, reportOdds, mostPassed } = odds;
  const draw = random.next();
  const passed = random.integer(0, mostPassed);
  const pick = random.next();
  const delaySeconds = uniform(random, reportSeconds);
  if (draw < flashOdds) return { when: "flash", passed, pick };
  if (draw < flashOdds + callOdds) return { when: "call", passed: passed * passed };
  return draw < flashOdds + callOdds + reportOdds ? { when: "report", delaySeconds } : { when: "now" };
}
