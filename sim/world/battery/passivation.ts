import { daySeconds } from "../../../hal/base/time-units.js";

export interface PassivationFigures {
  /** Resistance of the fully grown film. */
  readonly fullOhms: number;
  /** Time constant of its growth at rest. */
  readonly growthDays: number;
  /** Time constant of its breaking down under load. */
  readonly breakdownSeconds: number;
  /** From this load on it breaks down; below it grows. */
  readonly breakdownMilliamperes: number;
}

/**
 * The lithium chloride film that grows on the anode of a resting cell. It is why such a cell keeps for twenty
 * years, and why the voltage dips when the first load follows a long rest; the dip lasts from seconds to hours
 * (Eichinger, Behaviour of the Passivating Film in Li/SOCl2 Cells, 1980). Both ways are exponential in time.
 */
export class PassivationFilm {
  #figures: PassivationFigures;
  #ohms = 0;
  #sinceMicroseconds: number;
  #isBreakingDown = false;

  /** Starts without a film, as after the depassivation that ends a meter's production. */
  constructor(figures: PassivationFigures, nowMicroseconds: number) {
    this.#figures = figures;
    this.#sinceMicroseconds = nowMicroseconds;
  }

  ohmsAt(microseconds: number): number {
    const { fullOhms, growthDays, breakdownSeconds } = this.#figures;
    const seconds = (microseconds - this.#sinceMicroseconds) / 1e6;
    if (this.#isBreakingDown) return this.#ohms * Math.exp(-seconds / breakdownSeconds);
    return fullOhms - (fullOhms - this.#ohms) * Math.exp(-seconds / (growthDays * daySeconds));
  }

  setLoad(milliamperes: number, nowMicroseconds: number): void {
    this.#ohms = this.ohmsAt(nowMicroseconds);
    this.#sinceMicroseconds = nowMicroseconds;
    this.#isBreakingDown = milliamperes >= this.#figures.breakdownMilliamperes;
  }
}
