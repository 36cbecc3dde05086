import { dayMilliseconds } from "../../../hal/base/time-units.js";
import type { Random } from "../../kernel/random.js";

/**
 * A year in the English Midlands, roughly: a cosine from about 4 °C in late January to about 16 °C in late July. The
 * figures, and those of the weather, are our own round choice.
 */
const meanCelsius = 10;
const amplitudeCelsius = 6;
const coldestDayOfYear = 24;
/** The weather departs from the season and comes back over some days. */
const persistence = 0.8;
const dailyChangeCelsius = 1.8;

/** The mean temperature outside, day by day: the season and a weather that changes slowly. */
export class OutsideTemperature {
  #random: Random;
  #departureCelsius = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Of the day that begins at `date`; to be asked once for each day, in order. */
  celsiusOn(date: Date): number {
    const dayOfYear = (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / dayMilliseconds;
    const phase = (2 * Math.PI * (dayOfYear - coldestDayOfYear)) / 365.25;
    const season = meanCelsius - amplitudeCelsius * Math.cos(phase);
    this.#departureCelsius =
      persistence * this.#departureCelsius + this.#random.normal(0, dailyChangeCelsius);
    return season + this.#departureCelsius;
  }
}
