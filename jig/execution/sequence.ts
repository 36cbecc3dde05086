import type { PhaseRun } from "../attempt/attempt.js";
import type { AttemptOutcome } from "../attempt/outcome.js";
import type { GroupStep, PhaseStep, Recipe, RecipeStep } from "../recipe/recipe.js";
import type { AttemptClock } from "./attempt-clock.js";
import { type PhaseHands, runPhase } from "./phase-run.js";

export interface SequenceOptions {
  readonly hands: PhaseHands & { readonly clock: AttemptClock };
  readonly epochMilliseconds: () => number;
  readonly interrupt: AbortSignal;
  /** Called before each try of a phase. */
  readonly onPhase: (name: string) => void;
}

export interface SequenceResult {
  readonly outcome: AttemptOutcome;
  readonly reason?: string;
  readonly phases: readonly PhaseRun[];
}

/** Whether the steps after this one are to run. */
type Course = "on" | "stop";

/** The worst first. */
const severity: readonly AttemptOutcome[] = ["ABORTED", "ERROR", "TIMEOUT", "FAIL", "PASS"];

/** Takes one unit through a recipe's steps. */
export async function runSequence(recipe: Recipe, options: SequenceOptions): Promise<SequenceResult> {
  const sequence = new Sequence(options);
  await sequence.steps(recipe.steps, options.interrupt);
  return sequence.result;
}

class Sequence {
  #options: SequenceOptions;
  #phases: PhaseRun[] = [];
  #outcome: AttemptOutcome = "PASS";
  #reason: string | undefined;

  constructor(options: SequenceOptions) {
    this.#options = options;
  }

  get result(): SequenceResult {
    const reason = this.#reason === undefined ? {} : { reason: this.#reason };
    return { outcome: this.#outcome, ...reason, phases: this.#phases };
  }

  /** @param interrupt ends them; a teardown has none */
  async steps(steps: readonly RecipeStep[], interrupt?: AbortSignal): Promise<Course> {
    for (const step of steps) if ((await this.#step(step, interrupt)) === "stop") return "stop";
    return "on";
  }

  async #step(step: RecipeStep, interrupt: AbortSignal | undefined): Promise<Course> {
    if (step.type === "phase") return this.#phase(step, interrupt);
    if (step.type === "group") return this.#group(step, interrupt);
    return this.#outcome === "PASS" ? "on" : "stop";
  }

  async #group({ setup, steps, teardown }: GroupStep, interrupt: AbortSignal | undefined): Promise<Course> {
    let course = await this.steps(setup, interrupt);
    if (course === "on") course = await this.steps(steps, interrupt);
    // Every step of a teardown runs, whatever the one before has come to, and no operator can stop it.
    for (const step of teardown) if ((await this.#step(step, undefined)) === "stop") course = "stop";
    return course;
  }

  async #phase(step: PhaseStep, interrupt: AbortSignal | undefined): Promise<Course> {
    if (step.isSkipped) return this.#skip(step);
    if (step.kind.isForGoodUnitsOnly && this.#outcome !== "PASS") return "stop";
    const { hands, epochMilliseconds, onPhase } = this.#options;
    for (let tryNumber = 1; ; tryNumber++) {
      onPhase(step.name);
      hands.clock.begin(step.timeoutSeconds, interrupt);
      const { run, result } = await runPhase(step, tryNumber, hands, epochMilliseconds);
      this.#phases.push(run);
      const isRepeatable = result === "repeat" || run.outcome === "FAIL" || run.outcome === "TIMEOUT";
      if (isRepeatable && result !== "stop" && tryNumber < step.repeatLimit) continue;
      if (run.outcome === "PASS" || run.outcome === "SKIP") return "on";
      this.#note(run.outcome, `${step.name}: ${run.reason ?? "the phase says that the unit failed"}`);
      if (run.outcome !== "FAIL" || result === "stop") return "stop";
      return result === "fail-and-continue" || step.onFailure === "continue" ? "on" : "stop";
    }
  }

  #skip(step: PhaseStep): Course {
    const now = this.#options.epochMilliseconds();
    this.#phases.push({
      name: step.name,
      tryNumber: 1,
      outcome: "SKIP",
      reason: "the recipe says so",
      startedAtMilliseconds: now,
      endedAtMilliseconds: now,
      measurements: [],
      attachments: [],
    });
    return "on";
  }

  /** The worst outcome counts, and among equals the first. */
  #note(outcome: AttemptOutcome, reason: string): void {
    if (severity.indexOf(outcome) >= severity.indexOf(this.#outcome)) return;
    this.#outcome = outcome;
    this.#reason = reason;
  }
}
