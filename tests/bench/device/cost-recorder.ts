import { asciiText } from "../../../hal/base/text.js";
import { Operation, type PortCall, wakeCauses } from "../../../sim/chip/boundary/port.js";
import type { Engine } from "../../../sim/chip/boundary/engine.js";
import type { ProcessEngine, RunCosts } from "../../../sim/engines/process/process-engine.js";
import type { WakeCause } from "../../../hal/power.js";

/** What one run of the application did and cost, from its wake to its end. */
export interface RecordedRun extends RunCosts {
  readonly cause: WakeCause;
  /** It talked to the modem. */
  readonly usedModem: boolean;
  readonly movedValve: boolean;
  /** Until it first waited for something, or slept. */
  readonly firstInstructions: number;
  /** What `mark` said before and after. */
  readonly marks: readonly [before: number, after: number];
  /** As `ProcessEngine.profile` tells it. */
  readonly profile: string;
}

interface RunUnderWay {
  cause: WakeCause | undefined;
  usedModem: boolean;
  movedValve: boolean;
  firstInstructions: number;
  readonly markBefore: number;
}

/** Keeps the books of an engine that counts: one entry for each run of the application. */
export class CostRecorder {
  readonly runs: RecordedRun[] = [];
  /** A number to be read before and after each run. */
  mark: () => number = () => 0;
  #underWay: RunUnderWay | undefined;
  #valveHandles = new Set<number>();
  #engine: ProcessEngine | undefined;

  /** Makes an engine that keeps these books; `create` gets the call that it is to use. */
  async open(call: PortCall, create: (call: PortCall) => Promise<ProcessEngine>): Promise<Engine> {
    const engine = await create((operation, a, b, c, bytes) => {
      const result = call(operation, a, b, c, bytes);
      this.#note(operation, a, b, bytes, result);
      return result;
    });
    this.#engine = engine;
    return {
      name: engine.name,
      decodesPulses: engine.decodesPulses,
      wake: (ticks) => {
        this.finish();
        this.#begin();
        engine.wake(ticks);
        if (this.#underWay) this.#underWay.firstInstructions = engine.costs.instructions;
      },
      deliver: (event, ticks, a, b) => {
        engine.deliver(event, ticks, a, b);
      },
      stop: () => {
        engine.stop();
        this.finish();
      },
      close: () => {
        this.finish();
        engine.close();
      },
    };
  }

  /** Ends the run under way, if there is one. */
  finish(): void {
    const run = this.#underWay;
    this.#underWay = undefined;
    if (!run || !this.#engine || run.cause === undefined) return;
    const { cause, usedModem, movedValve, firstInstructions, markBefore } = run;
    const marks = [markBefore, this.mark()] as const;
    const profile = this.#engine.profile();
    this.runs.push({
      cause,
      usedModem,
      movedValve,
      firstInstructions,
      marks,
      profile,
      ...this.#engine.costs,
    });
  }

  #begin(): void {
    this.#valveHandles.clear();
    this.#underWay = {
      cause: undefined,
      usedModem: false,
      movedValve: false,
      firstInstructions: 0,
      markBefore: this.mark(),
    };
  }

  #note(
    operation: number,
    a: number,
    b: number,
    bytes: Uint8Array | undefined,
    result: number | Uint8Array | undefined,
  ): void {
    const run = this.#underWay;
    if (!run) return;
    if (operation === Operation.wakeCause) run.cause = wakeCauses[Number(result)];
    if (operation === Operation.serialWrite) run.usedModem = true;
    if (operation === Operation.digitalOutputOpen && asciiText(bytes ?? new Uint8Array()).startsWith("valve"))
      this.#valveHandles.add(Number(result));
    if (operation === Operation.digitalWrite && b === 1 && this.#valveHandles.has(a)) run.movedValve = true;
  }
}
