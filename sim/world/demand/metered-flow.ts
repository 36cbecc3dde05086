import { dayMilliseconds, daySeconds } from "../../../hal/base/time-units.js";
import type { Pulse, PulseSource } from "./pulse-source.js";

/** From `atMilliseconds` on, the flow is higher by so much (or lower, when negative). */
export interface FlowChange {
  /** Since the run began; what changes before that is not metered. */
  readonly atMilliseconds: number;
  readonly millilitresPerSecond: number;
}

export interface MeteredFlowOptions {
  /** UTC, whole seconds. */
  readonly startEpochSeconds: number;
  /** From 0.001, in whole microlitres. */
  readonly litresPerPulse: number;
  /** What the meter lets through at most, in m3/h. */
  readonly overloadFlow: number;
  /**
   * Adds the changes of one day, in any order, to those that reach into it from the days before. Its midnight is in
   * milliseconds since the run began, and negative for the first.
   */
  readonly planDay: (midnightMilliseconds: number, changes: FlowChange[]) => void;
}

/**
 * Flow that changes in steps, day after day without end, as a meter sees it: everything that runs at once is added up
 * exactly, and a pulse falls each time one more pulse volume has passed.
 */
export class MeteredFlow implements PulseSource {
  readonly startEpochSeconds: number;
  readonly durationSeconds = undefined;
  #planDay: MeteredFlowOptions["planDay"];
  #pulseMicrolitres: number;
  #overloadFlow: number;

  /** Changes of flow in order of time, complete up to `#plannedToMilliseconds`. */
  #changes: FlowChange[] = [];
  #position = 0;
  #plannedToMilliseconds: number;

  /** The span of constant flow that is being metered. */
  #spanStartMilliseconds = 0;
  #demand = 0;
  /** Counted from the start of the span. A flow in mL/s times a time in ms is a volume in uL: all integers. */
  #microlitresToNextPulse: number;

  /** @throws {RangeError} when an option is out of range. */
  constructor({ startEpochSeconds, litresPerPulse, overloadFlow, planDay }: MeteredFlowOptions) {
    requireOption(Number.isSafeInteger(startEpochSeconds), "startEpochSeconds", "a whole number of seconds");
    requireOption(
      litresPerPulse >= 0.001 && litresPerPulse <= 1e6,
      "litresPerPulse",
      "from 0.001 to 1000000",
    );
    requireOption(
      overloadFlow > 0 && overloadFlow <= 10_000,
      "overloadFlow",
      "above 0 and at most 10000 m3/h",
    );
    this.startEpochSeconds = startEpochSeconds;
    this.#planDay = planDay;
    this.#pulseMicrolitres = Math.round(litresPerPulse * 1e6);
    this.#overloadFlow = Math.max(1, Math.floor((overloadFlow * 1e6) / 3600));
    this.#microlitresToNextPulse = this.#pulseMicrolitres;
    const sinceMidnight = startEpochSeconds - Math.floor(startEpochSeconds / daySeconds) * daySeconds;
    this.#plannedToMilliseconds = -sinceMidnight * 1000;
  }

  next(): Pulse {
    for (;;) {
      const change = this.#nextChange();
      const flow = Math.min(this.#demand, this.#overloadFlow);
      const spanMicrolitres = flow * (change.atMilliseconds - this.#spanStartMilliseconds);
      if (spanMicrolitres >= this.#microlitresToNextPulse) return this.#pulse(flow);
      this.#microlitresToNextPulse -= spanMicrolitres;
      this.#spanStartMilliseconds = change.atMilliseconds;
      this.#demand += change.millilitresPerSecond;
      this.#position++;
    }
  }

  #pulse(flow: number): Pulse {
    const sinceSpanStart = Math.ceil((this.#microlitresToNextPulse * 1000) / flow);
    this.#microlitresToNextPulse += this.#pulseMicrolitres;
    return { atMicroseconds: this.#spanStartMilliseconds * 1000 + sinceSpanStart, direction: 1 };
  }

  #nextChange(): FlowChange {
    for (;;) {
      const change = this.#changes[this.#position];
      if (change && change.atMilliseconds < this.#plannedToMilliseconds) return change;
      const changes = this.#changes.slice(this.#position);
      this.#planDay(this.#plannedToMilliseconds, changes);
      changes.sort((one, other) => one.atMilliseconds - other.atMilliseconds);
      this.#changes = changes;
      this.#position = 0;
      this.#plannedToMilliseconds += dayMilliseconds;
    }
  }
}

/** Adds a steady flow that lasts for a while; what of it lies before the run began is not metered. */
export function addFlow(
  changes: FlowChange[],
  fromMilliseconds: number,
  durationMilliseconds: number,
  millilitresPerSecond: number,
): void {
  changes.push({ atMilliseconds: Math.max(0, fromMilliseconds), millilitresPerSecond });
  changes.push({
    atMilliseconds: Math.max(0, fromMilliseconds + durationMilliseconds),
    millilitresPerSecond: -millilitresPerSecond,
  });
}

/** @throws {RangeError} that names the option and its range. */
function requireOption(isWithin: boolean, name: string, range: string): void {
  if (!isWithin) throw new RangeError(`${name} must be ${range}`);
}
