import { daySeconds } from "../../hal/base/time-units.js";
import type { Simulation } from "../../sim/run/simulation.js";
import { countText, cubicMetresText } from "../kit/quantities.js";
import type { View } from "./view.js";

const dayMicroseconds = daySeconds * 1e6;
/** Longer runs are told month by month. */
const mostDays = 40;

/** Takes the lines of the table. */
export interface TextSink {
  write(text: string): unknown;
}

/** One line for each day or month of UTC, for files and terminals that can't redraw. */
export class PlainView implements View {
  #simulation: Simulation;
  #output: TextSink;
  #pulseWeightMillilitres: number;
  #isMonthly: boolean;
  #endMicroseconds: number;
  #periodStartMicroseconds = 0;
  #periodEndMicroseconds: number;
  #reports = 0;

  constructor(simulation: Simulation, output: TextSink, pulseWeightMillilitres: number) {
    this.#simulation = simulation;
    this.#output = output;
    this.#pulseWeightMillilitres = pulseWeightMillilitres;
    this.#endMicroseconds = simulation.options.durationSeconds * 1e6;
    this.#isMonthly = this.#endMicroseconds > mostDays * dayMicroseconds;
    this.#periodEndMicroseconds = this.#endOfPeriod();
    this.#line(this.#isMonthly ? "month" : "day", "index m3", "litres", "reports", "battery V");
  }

  beforeEvent(nextMicroseconds: number): void {
    while (nextMicroseconds > this.#periodEndMicroseconds) this.#endPeriod();
  }

  refresh(): void {
    // A line stays as it was printed.
  }

  /** A line stays free, for the summary. */
  finish(): void {
    this.beforeEvent(Infinity);
    this.#output.write("\n");
  }

  close(): void {
    // Nothing was changed about the terminal.
  }

  #endPeriod(): void {
    const { truth, headEnd, meter } = this.#simulation;
    const forwardPulses = truth.forwardPulsesAt(this.#periodEndMicroseconds);
    const pulsesBefore =
      this.#periodStartMicroseconds === 0 ? 0 : truth.forwardPulsesAt(this.#periodStartMicroseconds);
    this.#line(
      this.#dateAt(this.#periodStartMicroseconds)
        .toISOString()
        .slice(0, this.#isMonthly ? 7 : 10),
      cubicMetresText(forwardPulses, this.#pulseWeightMillilitres),
      countText(((forwardPulses - pulsesBefore) * this.#pulseWeightMillilitres) / 1000),
      countText(headEnd.reports - this.#reports),
      (meter.battery.millivolts / 1000).toFixed(3),
    );
    this.#reports = headEnd.reports;
    this.#periodStartMicroseconds = this.#periodEndMicroseconds;
    this.#periodEndMicroseconds =
      this.#periodEndMicroseconds === this.#endMicroseconds ? Infinity : this.#endOfPeriod();
  }

  /** The next midnight, the last one of a month, or the end of the run. */
  #endOfPeriod(): number {
    const date = this.#dateAt(this.#periodStartMicroseconds);
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
    const next = this.#isMonthly ? Date.UTC(year, month + 1, 1) : Date.UTC(year, month, day + 1);
    const microseconds = (next / 1000 - this.#simulation.options.startEpochSeconds) * 1e6;
    return Math.min(microseconds, this.#endMicroseconds);
  }

  #dateAt(microseconds: number): Date {
    return new Date(this.#simulation.options.startEpochSeconds * 1000 + microseconds / 1000);
  }

  #line(period: string, index: string, litres: string, reports: string, volts: string): void {
    const columns = [
      period.padEnd(10),
      index.padStart(11),
      litres.padStart(9),
      reports.padStart(8),
      volts.padStart(10),
    ];
    this.#output.write(`${columns.join(" ")}\n`);
  }
}
