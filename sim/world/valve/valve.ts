import type { ValveDirection } from "../../../drivers/valve-actuator/valve-outcome.js";
import type { Scheduled, Scheduler } from "../../kernel/world.js";

/** Everything that can be wrong with a valve; an absent member is in order. Angles run from 0 (closed) to 1 (open). */
export interface ValveFaults {
  /** Where the ball sticks fast: it can neither pass this angle nor leave it while the fault lasts. */
  readonly jamAngle?: number;
  /** The level at which the switch is stuck. */
  readonly openLimitStuck?: 0 | 1;
  readonly closeLimitStuck?: 0 | 1;
  /** A stroke takes this many times as long. */
  readonly slowdown?: number;
  /** The motor's wires are swapped. */
  readonly isMotorReversed?: boolean;
}

/** The motor's, the gear's and the switches' figures. */
export interface ValveFigures {
  /** Stop to stop. */
  readonly travelSeconds: number;
  readonly inrushMilliamperes: number;
  readonly inrushMilliseconds: number;
  readonly runningMilliamperes: number;
  readonly stallMilliamperes: number;
  /** A limit switch closes when the ball comes this near to its stop. */
  readonly limitAngle: number;
  /** It opens again when the ball is this much further away. */
  readonly limitHysteresis: number;
}

/** Assumed values for a small ball valve that runs on a battery. */
const defaultFigures: ValveFigures = Object.freeze({
  travelSeconds: 6,
  inrushMilliamperes: 180,
  inrushMilliseconds: 80,
  runningMilliamperes: 45,
  stallMilliamperes: 160,
  limitAngle: 0.01,
  limitHysteresis: 0.005,
});

/**
 * A ball valve with a motor on an H-bridge and two limit switches. Between two events the ball turns evenly, so
 * each crossing of a switch and each stop is calculated and scheduled, to the microsecond.
 */
export class BallValve {
  /** Called when a limit switch has changed. */
  onLimitChange: ((limit: ValveDirection, level: 0 | 1) => void) | undefined;
  /** Called when an input of the bridge has changed, with both levels. */
  onDriveChange: ((openLevel: 0 | 1, closeLevel: 0 | 1) => void) | undefined;
  /** Called when the motor's current has changed, for the battery to integrate. */
  onCurrentChange: ((milliamperes: number) => void) | undefined;
  #scheduler: Scheduler;
  #figures: ValveFigures;
  #faults: ValveFaults = {};
  #openDrive: 0 | 1 = 0;
  #closeDrive: 0 | 1 = 0;
  #angle: number;
  #angleMicroseconds: number;
  /** Strokes per microsecond, positive when opening. */
  #velocity = 0;
  #nextAngle = 0;
  #arrival: Scheduled | undefined;
  #inrush: Scheduled | undefined;
  #isOpenSwitchClosed: boolean;
  #isCloseSwitchClosed: boolean;
  #reported: { openLimit: 0 | 1; closeLimit: 0 | 1; milliamperes: number };

  constructor(scheduler: Scheduler, initialAngle: number, figures: Partial<ValveFigures> = {}) {
    if (!(initialAngle >= 0 && initialAngle <= 1)) throw new RangeError("initialAngle must be from 0 to 1");
    this.#scheduler = scheduler;
    this.#figures = { ...defaultFigures, ...figures };
    this.#angle = initialAngle;
    this.#angleMicroseconds = scheduler.nowMicroseconds;
    this.#isOpenSwitchClosed = initialAngle >= 1 - this.#figures.limitAngle;
    this.#isCloseSwitchClosed = initialAngle <= this.#figures.limitAngle;
    this.#reported = { openLimit: this.limit("open"), closeLimit: this.limit("close"), milliamperes: 0 };
  }

  /** 0 (closed) to 1 (open), now. */
  get angle(): number {
    const elapsed = this.#scheduler.nowMicroseconds - this.#angleMicroseconds;
    const angle = this.#angle + this.#velocity * elapsed;
    if (this.#velocity > 0) return Math.min(angle, this.#nextAngle);
    return this.#velocity < 0 ? Math.max(angle, this.#nextAngle) : angle;
  }

  /** Level of a limit switch's line: 1 = reached. */
  limit(direction: ValveDirection): 0 | 1 {
    if (direction === "open") return this.#faults.openLimitStuck ?? (this.#isOpenSwitchClosed ? 1 : 0);
    return this.#faults.closeLimitStuck ?? (this.#isCloseSwitchClosed ? 1 : 0);
  }

  get currentMilliamperes(): number {
    if (this.#motorDirection === 0) return 0;
    if (this.#inrush) return this.#figures.inrushMilliamperes;
    return this.#velocity === 0 ? this.#figures.stallMilliamperes : this.#figures.runningMilliamperes;
  }

  /** Sets one input of the H-bridge. */
  setDrive(direction: ValveDirection, level: 0 | 1): void {
    if (level === (direction === "open" ? this.#openDrive : this.#closeDrive)) return;
    const before = this.#motorDirection;
    if (direction === "open") this.#openDrive = level;
    else this.#closeDrive = level;
    if (this.#motorDirection !== before) this.#startInrush();
    this.#plan();
    this.onDriveChange?.(this.#openDrive, this.#closeDrive);
  }

  get faults(): ValveFaults {
    return this.#faults;
  }

  /** Faults may come and go at any time. */
  set faults(faults: ValveFaults) {
    this.#faults = faults;
    this.#plan();
  }

  /** Both inputs on brakes a bridge such as the DRV8837, as both off lets it coast: no torque either way. */
  get #motorDirection(): -1 | 0 | 1 {
    if (this.#openDrive === this.#closeDrive) return 0;
    return (this.#openDrive === 1) === (this.#faults.isMotorReversed ?? false) ? -1 : 1;
  }

  #startInrush(): void {
    this.#scheduler.cancel(this.#inrush);
    this.#inrush = undefined;
    if (this.#motorDirection === 0 || this.#figures.inrushMilliseconds === 0) return;
    this.#inrush = this.#scheduler.schedule(this.#figures.inrushMilliseconds * 1000, () => {
      this.#inrush = undefined;
      this.#report();
    });
  }

  /** Takes the ball to where it is now and schedules what it reaches next. */
  #plan(): void {
    this.#scheduler.cancel(this.#arrival);
    this.#angle = this.angle;
    this.#angleMicroseconds = this.#scheduler.nowMicroseconds;
    this.#nextAngle = this.#angleAhead(this.#motorDirection);
    const distance = Math.abs(this.#nextAngle - this.#angle);
    const strokeMicroseconds = this.#figures.travelSeconds * 1e6 * (this.#faults.slowdown ?? 1);
    this.#velocity = distance === 0 ? 0 : this.#motorDirection / strokeMicroseconds;
    this.#arrival = undefined;
    if (distance > 0)
      this.#arrival = this.#scheduler.schedule(distance * strokeMicroseconds, () => {
        this.#arrive();
      });
    this.#report();
  }

  #arrive(): void {
    this.#velocity = 0;
    this.#angle = this.#nextAngle;
    const { limitAngle, limitHysteresis } = this.#figures;
    if (this.#angle >= 1 - limitAngle) this.#isOpenSwitchClosed = true;
    if (this.#angle <= 1 - limitAngle - limitHysteresis) this.#isOpenSwitchClosed = false;
    if (this.#angle <= limitAngle) this.#isCloseSwitchClosed = true;
    if (this.#angle >= limitAngle + limitHysteresis) this.#isCloseSwitchClosed = false;
    this.#plan();
  }

  /** The nearest angle ahead at which something happens: a switch's threshold, the jam or the stop. */
  #angleAhead(direction: -1 | 0 | 1): number {
    const { limitAngle, limitHysteresis } = this.#figures;
    const { jamAngle } = this.#faults;
    const here = this.#angle;
    if (direction === 0 || jamAngle === here) return here;
    const ahead: number[] = [];
    if (direction > 0) {
      ahead.push(1);
      if (jamAngle !== undefined && jamAngle > here) ahead.push(jamAngle);
      if (!this.#isOpenSwitchClosed) ahead.push(1 - limitAngle);
      if (this.#isCloseSwitchClosed) ahead.push(limitAngle + limitHysteresis);
      return Math.min(...ahead);
    }
    ahead.push(0);
    if (jamAngle !== undefined && jamAngle < here) ahead.push(jamAngle);
    if (!this.#isCloseSwitchClosed) ahead.push(limitAngle);
    if (this.#isOpenSwitchClosed) ahead.push(1 - limitAngle - limitHysteresis);
    return Math.max(...ahead);
  }

  /** Tells the listeners what changed; each may act on the valve at once, so every value is read when it is told. */
  #report(): void {
    const reported = this.#reported;
    if (reported.milliamperes !== this.currentMilliamperes) {
      reported.milliamperes = this.currentMilliamperes;
      this.onCurrentChange?.(reported.milliamperes);
    }
    if (reported.openLimit !== this.limit("open")) {
      reported.openLimit = this.limit("open");
      this.onLimitChange?.("open", reported.openLimit);
    }
    if (reported.closeLimit !== this.limit("close")) {
      reported.closeLimit = this.limit("close");
      this.onLimitChange?.("close", reported.closeLimit);
    }
  }
}
