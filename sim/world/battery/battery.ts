import type { Scheduled, Scheduler } from "../../kernel/world.js";
import { fractionAt, unloadedMillivolts } from "./discharge-curve.js";
import { type PassivationFigures, PassivationFilm } from "./passivation.js";

/** What is inside the battery pack. */
export interface BatteryFigures {
  readonly capacityMilliampereHours: number;
  /** Of the rated capacity. */
  readonly selfDischargePercentPerYear: number;
  readonly internalOhms: number;
  readonly passivation: PassivationFigures;
  /** The supply supervisor warns below this voltage. */
  readonly brownOutMillivolts: number;
}

/**
 * An ER26500 cell with an HPC1520 pulse capacitor beside it: 8,500 mAh, 1 % a year. The resistances are assumed
 * values of such a pair at room temperature; a bare or cold cell has several times as much. The warning level
 * leaves room above the reset of ESP32-class chips at about 2.5 V.
 */
const defaultFigures: BatteryFigures = Object.freeze({
  capacityMilliampereHours: 8500,
  selfDischargePercentPerYear: 1,
  internalOhms: 1.5,
  passivation: Object.freeze({ fullOhms: 5, growthDays: 60, breakdownSeconds: 2, breakdownMilliamperes: 5 }),
  brownOutMillivolts: 2800,
});

const hoursPerYear = 8766;
/** 1 mA for 1 µs is 1 nC; 1 mAh is 3.6 C. */
const nanocoulombsPerMilliampereHour = 3.6e9;
/** The crossing of the warning level is found to within this time. */
const resolutionMicroseconds = 1000;

interface Load {
  milliamperes: number;
  sinceMicroseconds: number;
  /** Drawn before `sinceMicroseconds`. */
  nanocoulombs: number;
}

export interface LoadTotal {
  readonly name: string;
  readonly milliampereHours: number;
}

/**
 * A lithium thionyl chloride battery. Between two changes of a load the current is constant, so charge is current
 * times time, exactly, and nothing has to run in between.
 */
export class Battery {
  /** Called as an event of its own when the voltage has fallen below the warning level; once until it has recovered. */
  onBrownOut: (() => void) | undefined;
  /** Called once, as an event of its own, when the battery has given all of its charge. */
  onEmpty: (() => void) | undefined;
  #scheduler: Scheduler;
  #figures: BatteryFigures;
  #film: PassivationFilm;
  #startMicroseconds: number;
  #selfDischargeMilliamperes: number;
  #loads = new Map<string, Load>();
  #milliamperes = 0;
  #isLow = false;
  #report: Scheduled | undefined;
  #check: Scheduled | undefined;
  #end: Scheduled | undefined;
  #isEmpty = false;

  constructor(scheduler: Scheduler, figures: Partial<BatteryFigures> = {}) {
    this.#scheduler = scheduler;
    this.#figures = { ...defaultFigures, ...figures };
    const { capacityMilliampereHours, selfDischargePercentPerYear, passivation } = this.#figures;
    if (!(capacityMilliampereHours > 0)) throw new RangeError("capacityMilliampereHours must be positive");
    this.#startMicroseconds = scheduler.nowMicroseconds;
    this.#selfDischargeMilliamperes =
      (capacityMilliampereHours * selfDischargePercentPerYear) / 100 / hoursPerYear;
    this.#film = new PassivationFilm(passivation, scheduler.nowMicroseconds);
    this.#watch();
  }

  /** Sets the current that `name` draws from now on; unknown names are new loads. */
  setLoad(name: string, milliamperes: number): void {
    requireNotNegative(milliamperes, "milliamperes");
    const load = this.#load(name);
    if (load.milliamperes === milliamperes) return;
    this.#noticeRecovery();
    const now = this.#scheduler.nowMicroseconds;
    load.nanocoulombs = drawnBy(load, now);
    load.sinceMicroseconds = now;
    load.milliamperes = milliamperes;
    // Summed anew each time: adding and subtracting differences would leave rounding errors behind.
    this.#milliamperes = 0;
    for (const each of this.#loads.values()) this.#milliamperes += each.milliamperes;
    this.#film.setLoad(this.#milliamperes, now);
    this.#watch();
  }

  /** Takes a charge at once, for bursts too short to matter to the voltage. */
  drawCharge(name: string, microcoulombs: number): void {
    requireNotNegative(microcoulombs, "microcoulombs");
    this.#load(name).nanocoulombs += microcoulombs * 1000;
    this.#watch();
  }

  /** Voltage under the present load, rounded to 1 mV. */
  get millivolts(): number {
    return Math.max(0, Math.round(this.#exactMillivolts));
  }

  /** What is left of the rated capacity after the loads and the self-discharge, 1 to 0. */
  get remainingFraction(): number {
    return Math.max(0, this.#remainingNanocoulombs / this.#capacityNanocoulombs);
  }

  /** Drawn by all loads, without the self-discharge. */
  get consumedMilliampereHours(): number {
    return this.#consumedNanocoulombs / nanocoulombsPerMilliampereHour;
  }

  get selfDischargedMilliampereHours(): number {
    return this.#selfDischargedNanocoulombs / nanocoulombsPerMilliampereHour;
  }

  /** What each load has drawn, in the order in which they first appeared. */
  get loadTotals(): LoadTotal[] {
    const now = this.#scheduler.nowMicroseconds;
    return [...this.#loads].map(([name, load]) => ({
      name,
      milliampereHours: drawnBy(load, now) / nanocoulombsPerMilliampereHour,
    }));
  }

  get #exactMillivolts(): number {
    const ohms = this.#figures.internalOhms + this.#film.ohmsAt(this.#scheduler.nowMicroseconds);
    return unloadedMillivolts(this.remainingFraction) - this.#milliamperes * ohms;
  }

  get #capacityNanocoulombs(): number {
    return this.#figures.capacityMilliampereHours * nanocoulombsPerMilliampereHour;
  }

  get #consumedNanocoulombs(): number {
    const now = this.#scheduler.nowMicroseconds;
    let total = 0;
    for (const load of this.#loads.values()) total += drawnBy(load, now);
    return total;
  }

  get #selfDischargedNanocoulombs(): number {
    return this.#selfDischargeMilliamperes * (this.#scheduler.nowMicroseconds - this.#startMicroseconds);
  }

  get #remainingNanocoulombs(): number {
    return this.#capacityNanocoulombs - this.#consumedNanocoulombs - this.#selfDischargedNanocoulombs;
  }

  #load(name: string): Load {
    let load = this.#loads.get(name);
    if (!load) {
      load = { milliamperes: 0, sinceMicroseconds: this.#scheduler.nowMicroseconds, nanocoulombs: 0 };
      this.#loads.set(name, load);
    }
    return load;
  }

  /** A film that breaks down lets the voltage recover without any event: look before the load changes. */
  #noticeRecovery(): void {
    if (this.#exactMillivolts >= this.#figures.brownOutMillivolts) this.#isLow = false;
  }

  #watch(): void {
    if (this.#exactMillivolts < this.#figures.brownOutMillivolts) {
      this.#planEnd();
      if (this.#isLow) return;
      this.#isLow = true;
      this.#report = this.#scheduler.schedule(0, () => this.onBrownOut?.());
    } else {
      this.#isLow = false;
      this.#scheduler.cancel(this.#report);
      this.#scheduleCheck();
    }
  }

  /** The last charge is only waited for once the voltage is low: before that other events come first. */
  #planEnd(): void {
    if (this.#isEmpty) return;
    this.#scheduler.cancel(this.#end);
    const milliamperes = this.#milliamperes + this.#selfDischargeMilliamperes;
    const delay = Math.max(0, Math.ceil(this.#remainingNanocoulombs / milliamperes));
    if (!Number.isSafeInteger(this.#scheduler.nowMicroseconds + delay)) return;
    this.#end = this.#scheduler.schedule(delay, () => {
      if (this.#remainingNanocoulombs > 0) {
        this.#planEnd();
        return;
      }
      this.#isEmpty = true;
      this.onEmpty?.();
    });
  }

  /**
   * Looks again when the present load will have drained the cell to the warning level. The film is left out: it
   * shrinks under load, and at rest its drop is far below 1 mV. An earlier look stays, and plans the next one.
   */
  #scheduleCheck(): void {
    const { brownOutMillivolts, internalOhms } = this.#figures;
    const lastFraction = fractionAt(brownOutMillivolts + this.#milliamperes * internalOhms);
    const reserve = this.#remainingNanocoulombs - lastFraction * this.#capacityNanocoulombs;
    const delay = Math.max(
      resolutionMicroseconds,
      Math.ceil(reserve / (this.#milliamperes + this.#selfDischargeMilliamperes)),
    );
    const at = this.#scheduler.nowMicroseconds + delay;
    if (!Number.isSafeInteger(at)) return;
    if (this.#check && this.#check.atMicroseconds <= at) return;
    this.#scheduler.cancel(this.#check);
    this.#check = this.#scheduler.schedule(delay, () => {
      this.#check = undefined;
      this.#watch();
    });
  }
}

function drawnBy(load: Load, nowMicroseconds: number): number {
  return load.nanocoulombs + load.milliamperes * (nowMicroseconds - load.sinceMicroseconds);
}

function requireNotNegative(value: number, name: string): void {
  if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} must be a number of at least 0`);
}
