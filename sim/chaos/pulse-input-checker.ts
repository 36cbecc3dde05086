import type { Truth } from "../run/truth.js";
import type { Scheduler } from "../kernel/world.js";
import type { PulseInputModel } from "../world/sensors/pulse-input.js";
import type { ChaosFindings } from "./findings.js";

/** A pulse is counted this long after it passed at the latest: the reed bounces, then the debounce time runs. */
const countingMicroseconds = 20_000;
/** The wheel turns once in this time at the slowest. */
const turnMicroseconds = 800_000;

export interface PulseInputCheckerOptions {
  readonly scheduler: Scheduler;
  readonly input: PulseInputModel;
  readonly truth: Truth;
  readonly findings: ChaosFindings;
  /** How often the flow turns round in the run; each time, a decoder that came in half-way misses up to a pulse. */
  readonly turnabouts: number;
}

/**
 * What the pulse input counted against what passed. Only pulses that pass while it has power and no foreign magnet
 * holds the reeds are countable; all others pass uncounted, and no firmware can know of them. Where power or a magnet
 * came or went in the middle of a turn, one pulse either way stays open; without either, the account is exact.
 */
export class PulseInputChecker {
  /** Forward and reverse pulses that passed and could not be counted, ended power periods only. */
  uncountedPulses = 0;
  #options: PulseInputCheckerOptions;
  #powerMicroseconds = 0;
  /** Times at which a magnet came or went in this power period. */
  #magnetChanges: number[] = [];
  #isFirstPeriod = true;

  constructor(options: PulseInputCheckerOptions) {
    this.#options = options;
  }

  powerOn(isMagnetHeld: boolean): void {
    this.#powerMicroseconds = this.#options.scheduler.nowMicroseconds;
    this.#magnetChanges = isMagnetHeld ? [this.#powerMicroseconds] : [];
  }

  /** To be called as a magnet comes or goes. */
  onMagnet(): void {
    this.#magnetChanges.push(this.#options.scheduler.nowMicroseconds);
  }

  /** Closes the account of a power period. */
  powerOff(): void {
    const { input, truth } = this.#options;
    const { forward, reverse } = input.read();
    const forwardAt = (at: number): number => truth.forwardPulsesAt(at);
    const reverseAt = (at: number): number => truth.reversePulsesAt(at);
    this.#compare("forward", forward, forwardAt);
    this.#compare("reverse", reverse, reverseAt);
    this.#isFirstPeriod = false;
  }

  #compare(name: string, counted: number, passedAt: (microseconds: number) => number): void {
    const { scheduler, findings, turnabouts } = this.#options;
    const end = scheduler.nowMicroseconds;
    const edges = [this.#powerMicroseconds, ...this.#magnetChanges, end];
    const isExact = this.#isFirstPeriod && this.#magnetChanges.length === 0;
    let low = 0;
    let high = 0;
    for (let index = 0; index + 1 < edges.length; index += 2) {
      const from = edges[index] as number;
      const to = edges[index + 1] as number;
      const passed = passedAt(to) - passedAt(from);
      low += Math.max(0, passedAt(to - countingMicroseconds) - passedAt(from) - (isExact ? 0 : 1));
      // A turn that a magnet cut into may count before it is complete.
      high += isExact ? passed : passedAt(to + turnMicroseconds) - passedAt(from);
    }
    if (!isExact) low -= turnabouts;
    this.uncountedPulses += passedAt(end) - passedAt(this.#powerMicroseconds) - counted;
    if (counted < low || counted > high)
      findings.add(
        "pulse-input",
        `counted ${counted} ${name} pulses, between ${low} and ${high} were countable`,
      );
  }
}
