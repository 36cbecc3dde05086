import type { RunReport, RunResult } from "../../sim/run/run-result.js";
import { countOf } from "../kit/quantities.js";

export interface RunVerdict {
  readonly isGood: boolean;
  readonly text: string;
}

/** What came of a run: pulses first, then what the meter promises beside them. */
export function verdictsOf({ report, differences }: RunResult): RunVerdict[] {
  const broken = differences.filter(({ checker }) => checker === "bounds").length;
  const wrong = differences.length - broken;
  const pulses =
    wrong > 0
      ? { isGood: false, text: `${countOf(wrong, "difference")} from the truth` }
      : { isGood: true, text: accountText(report) };
  if (broken === 0) return [pulses];
  return [pulses, { isGood: false, text: `${countOf(broken, "bound")} of a day broken` }];
}

function accountText({ truth, product }: RunReport): string {
  const pulses = truth.forwardPulses + truth.reversePulses;
  if (pulses === 0) return `no ${product} flowed, and none was counted`;
  return `all ${countOf(pulses, "pulse")} accounted for`;
}
