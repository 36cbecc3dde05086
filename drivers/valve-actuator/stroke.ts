import type { Clock, TimerHandle } from "../../hal/clock.js";
import type { ValveLines } from "./valve-lines.js";
import type { ValveDirection, ValveFailure, ValveOutcome } from "./valve-outcome.js";

/** A condition must hold on this many samples in a row: one sample may catch commutator noise or a bouncing contact. */
const samplesInARow = 3;

export interface StrokeOptions {
  readonly lines: ValveLines;
  readonly clock: Clock;
  readonly direction: ValveDirection;
  /** When the motor is switched off at the latest. */
  readonly durationMilliseconds: number;
  /** True when running for that long is the aim, false when it is the time-out of a full stroke. */
  readonly isPartial: boolean;
  readonly stallMilliamperes: number;
  readonly inrushMilliseconds: number;
  readonly samplePeriodMilliseconds: number;
  /** As in `ValveActuatorOptions`. */
  readonly onSample?: ((milliamperes: number) => void) | undefined;
}

/**
 * One run of the motor, from switching it on to switching it off.
 *
 * The limit switch's edge ends it; samples catch a lost edge, over-current and a motor that runs the wrong way.
 * A switch at the starting end that does not release is judged only when the stroke ends: running on takes the
 * valve to where it was sent, and with gas behind it that matters more than an early report.
 */
export class Stroke {
  #options: StrokeOptions;
  #opposite: ValveDirection;
  #onEnd: (outcome: ValveOutcome) => void;
  #onError: (error: unknown) => void;
  #isRunning = true;
  #startTicks = 0;
  #sampleTimer: TimerHandle | undefined;
  #deadlineTimer: TimerHandle | undefined;
  #peakMilliamperes = 0;
  #overCurrentSamples = 0;
  #hasLeftOpposite = false;
  #wrongWaySamples = 0;

  /** Switches the motor on. Either `onEnd` or `onError` is called once, when the motor has been switched off. */
  constructor(
    options: StrokeOptions,
    onEnd: (outcome: ValveOutcome) => void,
    onError: (error: unknown) => void,
  ) {
    this.#options = options;
    this.#opposite = options.direction === "open" ? "close" : "open";
    this.#onEnd = onEnd;
    this.#onError = onError;
    this.guard(() => {
      this.start();
    });
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  limitChanged(): void {
    this.guard(() => {
      this.checkLimits();
    });
  }

  stop(): void {
    this.guard(() => {
      this.fail("stopped", `after ${this.elapsedMilliseconds} ms`);
    });
  }

  private start(): void {
    const { clock, lines, direction, durationMilliseconds } = this.#options;
    this.#startTicks = clock.ticks;
    this.#deadlineTimer = clock.setTimer(() => {
      this.guard(() => {
        this.deadline();
      });
    }, durationMilliseconds);
    this.scheduleSample();
    lines.drive(direction);
  }

  private scheduleSample(): void {
    this.#sampleTimer = this.#options.clock.setTimer(() => {
      this.guard(() => {
        this.sample();
      });
    }, this.#options.samplePeriodMilliseconds);
  }

  private sample(): void {
    const { lines, onSample } = this.#options;
    onSample?.(lines.milliamperes);
    this.checkLimits();
    if (this.#isRunning) this.checkWay();
    if (this.#isRunning) this.checkCurrent();
    if (this.#isRunning) this.scheduleSample();
  }

  private checkLimits(): void {
    const { lines, direction } = this.#options;
    if (!lines.isReached(direction)) return;
    if (lines.isReached(this.#opposite)) this.fail("limit-fault", "both limit switches are closed");
    else this.succeed();
  }

  private checkWay(): void {
    if (!this.#options.lines.isReached(this.#opposite)) {
      this.#hasLeftOpposite = true;
      this.#wrongWaySamples = 0;
    } else if (this.#hasLeftOpposite && ++this.#wrongWaySamples >= samplesInARow) {
      this.fail("limit-fault", "the opposite limit switch closed");
    }
  }

  private checkCurrent(): void {
    const { lines, stallMilliamperes, inrushMilliseconds } = this.#options;
    if (this.elapsedMilliseconds <= inrushMilliseconds) return;
    const milliamperes = lines.milliamperes;
    this.#peakMilliamperes = Math.max(this.#peakMilliamperes, milliamperes);
    if (milliamperes < stallMilliamperes) this.#overCurrentSamples = 0;
    else if (++this.#overCurrentSamples >= samplesInARow)
      this.fail("stalled", `${milliamperes} mA after ${this.elapsedMilliseconds} ms`);
  }

  private deadline(): void {
    const { lines, isPartial } = this.#options;
    this.checkLimits();
    if (!this.#isRunning) return;
    if (isPartial) this.succeed();
    else if (lines.isReached(this.#opposite))
      this.fail("limit-fault", "the limit switch at the start did not release");
    else this.fail("timed-out", `after ${this.elapsedMilliseconds} ms`);
  }

  private get elapsedMilliseconds(): number {
    return this.#options.clock.ticks - this.#startTicks;
  }

  private succeed(): void {
    const value = {
      travelMilliseconds: this.elapsedMilliseconds,
      peakMilliamperes: this.#peakMilliamperes,
    };
    this.end(() => {
      this.#onEnd({ ok: true, value });
    });
  }

  private fail(code: ValveFailure, detail: string): void {
    this.end(() => {
      this.#onEnd({ ok: false, code, detail });
    });
  }

  /** Runs one step; whatever it throws, the motor is switched off. */
  private guard(step: () => void): void {
    if (!this.#isRunning) return;
    try {
      step();
    } catch (error) {
      this.end(() => {
        this.#onError(error);
      });
    }
  }

  /** Nothing counts as a success, or even as an orderly failure, when switching off throws. */
  private end(settle: () => void): void {
    const { lines, clock } = this.#options;
    this.#isRunning = false;
    try {
      lines.off();
      settle();
    } catch (error) {
      this.#onError(error);
    }
    if (this.#sampleTimer !== undefined) clock.clearTimer(this.#sampleTimer);
    if (this.#deadlineTimer !== undefined) clock.clearTimer(this.#deadlineTimer);
  }
}
