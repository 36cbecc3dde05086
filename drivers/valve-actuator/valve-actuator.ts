import { requireRange } from "../../hal/base/ranges.js";
import type { Clock } from "../../hal/clock.js";
import type { ValveConnection } from "../../hal/hardware.js";
import { Stroke } from "./stroke.js";
import { ValveLines } from "./valve-lines.js";
import type { ValveDirection, ValveOutcome, ValvePosition } from "./valve-outcome.js";

export interface ValveActuatorOptions {
  readonly connection: ValveConnection;
  readonly clock: Clock;
  /** Longest time a full stroke may take, 1 to 300 s; 10 s is typical of a water valve. */
  readonly travelTimeoutSeconds: number;
  /** Motor current at and above which the motor counts as blocked, 1 to 10000 mA. */
  readonly stallMilliamperes: number;
  /** The current is ignored for this long after switching on, 0 ms to less than the time-out. */
  readonly inrushMilliseconds: number;
  /** Time between two looks at the current, 1 to 1000 ms. */
  readonly samplePeriodMilliseconds: number;
  /** Told of the motor's current at each look, the start-up time included. */
  readonly onSample?: ((milliamperes: number) => void) | undefined;
}

/**
 * A motor valve with two limit switches and a current sense. It lives from wake to sleep: the chip must stay
 * awake while a move is under way, because timers do not survive deep sleep.
 *
 * Every outcome, and every rejection of a move's promise (a line of the HAL threw), comes with the motor off.
 */
export class ValveActuator {
  #options: ValveActuatorOptions;
  #lines: ValveLines;
  #stroke: Stroke | undefined;
  #isReleased = false;

  /**
   * @throws {RangeError} when an option is out of range; no pin has been touched then.
   * @throws {Error} when a pin is unknown or in use; all pins are free again then.
   */
  constructor(options: ValveActuatorOptions) {
    requireValid(options);
    this.#options = options;
    this.#lines = new ValveLines(options.connection, () => this.#stroke?.limitChanged());
  }

  /** Where the valve stands, from its limit switches. */
  get position(): ValvePosition {
    this.requireLines();
    const isOpen = this.#lines.isReached("open");
    const isClosed = this.#lines.isReached("close");
    if (isOpen && isClosed) return "implausible";
    if (isOpen) return "open";
    return isClosed ? "closed" : "between";
  }

  /** Runs the motor until the valve is open. */
  async open(): Promise<ValveOutcome> {
    return this.fullStroke("open");
  }

  /** Runs the motor until the valve is closed; to give the pins back, see `release`. */
  async close(): Promise<ValveOutcome> {
    return this.fullStroke("close");
  }

  /**
   * Runs the motor for a time, or until the limit: half a stroke and back keeps the ball from scaling up.
   * Rejects with a `RangeError` unless `milliseconds` is an integer from 1 to the time-out of a full stroke.
   */
  async move(direction: ValveDirection, milliseconds: number): Promise<ValveOutcome> {
    requireRange(milliseconds, 1, this.#options.travelTimeoutSeconds * 1000, "milliseconds");
    return this.run(direction, milliseconds, true);
  }

  /** Ends a move at once, its outcome being `stopped`; without one it does nothing. */
  stop(): void {
    this.#stroke?.stop();
  }

  /** Ends a move, as `stop` does, and gives the pins back. Idempotent. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.stop();
    this.#lines.close();
  }

  private async fullStroke(direction: ValveDirection): Promise<ValveOutcome> {
    return this.run(direction, this.#options.travelTimeoutSeconds * 1000, false);
  }

  private async run(
    direction: ValveDirection,
    durationMilliseconds: number,
    isPartial: boolean,
  ): Promise<ValveOutcome> {
    this.requireLines();
    if (this.#stroke?.isRunning) return { ok: false, code: "busy" };
    const position = this.position;
    if (position === "implausible")
      return { ok: false, code: "limit-fault", detail: "both limit switches are closed" };
    if (position === (direction === "open" ? "open" : "closed"))
      return { ok: true, value: { travelMilliseconds: 0, peakMilliamperes: 0 } };
    const options = { ...this.#options, lines: this.#lines, direction, durationMilliseconds, isPartial };
    return new Promise((resolve, reject) => {
      this.#stroke = new Stroke(options, resolve, reject);
    });
  }

  private requireLines(): void {
    if (this.#isReleased) throw new Error("the valve actuator was released");
  }
}

function requireValid(options: ValveActuatorOptions): void {
  const { connection, travelTimeoutSeconds, inrushMilliseconds } = options;
  requireRange(travelTimeoutSeconds, 1, 300, "travelTimeoutSeconds");
  requireRange(options.stallMilliamperes, 1, 10_000, "stallMilliamperes");
  requireRange(inrushMilliseconds, 0, travelTimeoutSeconds * 1000 - 1, "inrushMilliseconds");
  requireRange(options.samplePeriodMilliseconds, 1, 1000, "samplePeriodMilliseconds");
  const sense = connection.senseMillivoltsPerMilliampere;
  if (!(sense > 0 && sense < Infinity))
    throw new RangeError("senseMillivoltsPerMilliampere must be a positive number");
  const { openDrive, closeDrive, openLimit, closeLimit, current } = connection;
  const pins = new Set([openDrive.pin, closeDrive.pin, openLimit.pin, closeLimit.pin, current.pin]);
  if (pins.size !== 5) throw new RangeError("each line of the valve needs a pin of its own");
}
