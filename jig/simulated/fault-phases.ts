import type { PlantedFault } from "../../sim/unit/unit-faults.js";
import type { Attempt } from "../attempt/attempt.js";

/** The kind of phase that has to catch a fault, and no other; `any` for one that strikes at its own moment. */
const catchingPhase: Readonly<Record<PlantedFault, string>> = Object.freeze({
  "weak-battery": "rails",
  "sleep-leak": "sleep-current",
  "dead-reed": "pulse-inputs",
  "bouncing-reed": "pulse-inputs",
  "swapped-reeds": "pulse-inputs",
  "stuck-valve": "valve",
  "reversed-motor": "valve",
  "slow-valve": "valve",
  "no-sim": "modem",
  "deaf-modem": "modem",
  "drifting-crystal": "clock-drift",
  "bad-flash-sector": "flash-test",
  "duplicate-serial": "provision",
  "wrong-firmware": "identify",
  unplugged: "any",
  "line-noise": "identify",
});

/** Names of the phases that a unit did not pass, each once; a try that was repeated with success doesn't count. */
export function failedPhases({ phases }: Attempt): string[] {
  const last = new Map(phases.map(({ name, outcome }) => [name, outcome]));
  return [...last].filter(([, outcome]) => outcome !== "PASS" && outcome !== "SKIP").map(([name]) => name);
}

/** Whether the fault was caught by the phase that should catch it, and only by that. */
export function isCaught(fault: PlantedFault, attempt: Attempt): boolean {
  if (attempt.outcome === "PASS") return false;
  const failed = failedPhases(attempt);
  const expected = catchingPhase[fault];
  return failed.length === 1 && (expected === "any" || failed[0] === expected);
}
