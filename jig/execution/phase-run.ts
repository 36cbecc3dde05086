import type { Attachment, PhaseRun } from "../attempt/attempt.js";
import { UnitFault } from "../attempt/faults.js";
import type { PhaseOutcome } from "../attempt/outcome.js";
import type { PhaseContext } from "../phases/phase-context.js";
import type { PhaseResult } from "../phases/phase.js";
import type { PhaseStep } from "../recipe/recipe.js";
import { Abortion, PhaseTimeout } from "./attempt-clock.js";
import { failureText, Measurements } from "./measurements.js";

/** What a phase needs beside what it measures. */
export type PhaseHands = Omit<PhaseContext, "settings" | "measure" | "attach">;

export interface PhaseReport {
  readonly run: PhaseRun;
  readonly result: PhaseResult | undefined;
}

/** Runs a phase once. Whatever it throws is its outcome. */
export async function runPhase(
  step: PhaseStep,
  tryNumber: number,
  hands: PhaseHands,
  epochMilliseconds: () => number,
): Promise<PhaseReport> {
  const measurements = new Measurements(step.kind, step.limits);
  const attachments = new Map<string, Attachment>();
  const startedAtMilliseconds = epochMilliseconds();
  const context: PhaseContext = {
    ...hands,
    settings: step.settings,
    measure: (name, value) => {
      measurements.set(name, value);
    },
    attach: (name, mediaType, content) => {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      attachments.set(name, { name, mediaType, bytes });
    },
  };
  let result: PhaseResult | undefined;
  let error: unknown;
  try {
    result = await step.kind.run(context);
  } catch (thrown) {
    error = thrown;
  }
  const taken = result === "skip" ? [] : measurements.results();
  const failed = taken.filter(({ outcome }) => outcome === "FAIL");
  const outcome = error === undefined ? outcomeOf(result, failed.length) : outcomeOfError(error);
  const reason = error === undefined ? failed.map(failureText).join("; ") : lineOf(error);
  return {
    run: {
      name: step.name,
      tryNumber,
      outcome,
      ...(reason !== "" && { reason }),
      startedAtMilliseconds,
      endedAtMilliseconds: epochMilliseconds(),
      measurements: taken,
      attachments: [...attachments.values()],
    },
    result,
  };
}

function outcomeOf(result: PhaseResult | undefined, failures: number): PhaseOutcome {
  if (result === "skip") return "SKIP";
  return failures > 0 || result !== "continue" ? "FAIL" : "PASS";
}

function outcomeOfError(error: unknown): PhaseOutcome {
  if (error instanceof UnitFault) return "FAIL";
  if (error instanceof PhaseTimeout) return "TIMEOUT";
  return error instanceof Abortion ? "ABORTED" : "ERROR";
}

function lineOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s*[\r\n]+\s*/g, " ");
}
