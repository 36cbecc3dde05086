import { scaleLinear } from "d3-scale";
import { type Markup, html } from "../../../jig/report/markup.js";
import {
  barOf,
  binsOf,
  binText,
  figure,
  frame,
  gains,
  mostBars,
  picture,
  place,
  timeAxis,
  timeScale,
  upTo,
  valueAxis,
} from "./chart.js";
import type { PageData } from "./page-data.js";

/** What flowed in each hour of the day, on average and at most. */
export function hoursFigure({ hours, unit }: PageData): Markup {
  const busiest = hours.reduce((best, { mean }, hour) => (mean > (hours[best]?.mean ?? 0) ? hour : best), 0);
  const mean = hours[busiest]?.mean ?? 0;
  const label =
    `Each bar is an hour of the day (UTC) on average, the mark above it the highest such hour, in ${unit.name}.` +
    (mean > 0
      ? ` Most flows from ${busiest}:00 to ${busiest + 1}:00, ${textOf(mean)} ${unit.name} on average.`
      : " Nothing flowed.");
  return figure("Flow over the day", label, (width) => {
    const area = frame(width, 210);
    const step = (area.right - area.left) / hours.length;
    const most = upTo(hours.map((hour) => hour.most));
    const y = scaleLinear([0, most], [area.bottom, area.top]);
    const bars = hours.map(({ mean, most: highest }, hour) => {
      const x = area.left + hour * step + step * 0.12;
      const title = `${hour}:00: ${textOf(mean)} on average, ${textOf(highest)} at most`;
      return html`${barOf("flow", x, area.bottom, step * 0.76, y(mean), title)}${barOf("most", x, y(highest), step * 0.76, y(highest) + (highest > 0 ? 2 : 0), title)}`;
    });
    const every = width > 500 ? 2 : 6;
    const names = hours.map((_, hour) =>
      hour % every === 0
        ? html`<text x="${area.left + (hour + 0.5) * step}" y="${area.bottom + 18}" text-anchor="middle"
            >${hour}</text
          >`
        : html``,
    );
    const base = html`<line
      class="axis"
      x1="${area.left}"
      x2="${area.right}"
      y1="${area.bottom}"
      y2="${area.bottom}"
    />`;
    return picture(area, valueAxis(area, y.ticks(4), y, 2), ...bars, base, ...names);
  });
}

/** What flowed over the run. */
export function flowFigure({ samples, startEpochSeconds, unit }: PageData): Markup {
  const bins = binsOf(samples, mostBars);
  const volumes = gains(bins, ({ truePulses }) => truePulses * unit.perPulse);
  const total = (samples.at(-1)?.truePulses ?? 0) * unit.perPulse;
  const days = (samples.at(-1)?.atSeconds ?? 0) / 86_400;
  const label = `${textOf(total / days)} ${unit.name} a day on average. Each bar is ${binText(bins)}, in ${unit.name}.`;
  return figure("Flow over the run", label, (width) => {
    const area = frame(width, 180);
    const x = timeScale(area, samples);
    const y = scaleLinear([0, upTo(volumes)], [area.bottom, area.top]);
    const bars = volumes.map((volume, index) => {
      const { left, width } = place(bins, index, x);
      return barOf("flow", left, area.bottom, width, y(volume), `${textOf(volume)} ${unit.name}`);
    });
    return picture(
      area,
      valueAxis(area, y.ticks(4), y, 2),
      ...bars,
      timeAxis(area, samples, startEpochSeconds),
    );
  });
}

function textOf(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
