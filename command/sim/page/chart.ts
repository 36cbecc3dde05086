import { scaleUtc } from "d3-scale";
import { type Markup, html } from "../../../jig/report/markup.js";
import { durationText } from "../../kit/quantities.js";
import type { RunSample } from "../../../sim/run/run-book.js";

/** Where a chart lies within its picture, in the picture's units. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A chart, drawn for a width. */
export type DrawChart = (width: number) => Markup;

/** On a screen, and on a telephone: text has the same size on both. */
const wideWidth = 1040;
const narrowWidth = 350;
const daySeconds = 86_400;
/** A picture has no more columns than this, however long the run. */
export const mostBins = 120;
/** Nor, where its columns have names for hours and days, than this: a month has a bar for each day, a year for each week. */
export const mostBars = 55;

export function frame(width: number, height: number): Frame {
  return { width, height, left: 52, right: width - 10, top: 10, bottom: height - 24 };
}

/** Both drawings of a figure, of which the page shows one. `label` says in words what is to be seen. */
export function figure(title: string, label: string, draw: DrawChart, legend: Markup = html``): Markup {
  const drawing = (name: string, width: number): Markup =>
    html`<div class="${name}" role="img" aria-label="${title}: ${label}">${draw(width)}</div>`;
  return html`<section>
    <h2>${title}</h2>
    <p>${label}</p>
    ${legend}
    <figure>${drawing("wide", wideWidth)}${drawing("narrow", narrowWidth)}</figure>
  </section>`;
}

export function picture({ width, height }: Frame, ...content: readonly Markup[]): Markup {
  return html`<svg viewBox="0 0 ${width} ${height}" aria-hidden="true">${content}</svg>`;
}

/** From a second of the run to its place on the picture. */
export type TimeScale = (seconds: number) => number;

export function timeScale({ left, right }: Frame, samples: readonly RunSample[]): TimeScale {
  const end = Math.max(1, samples.at(-1)?.atSeconds ?? 1);
  return (seconds) => left + (Math.min(end, Math.max(0, seconds)) / end) * (right - left);
}

/** The dates below a chart, and the base line. */
export function timeAxis(
  { left, right, bottom, width }: Frame,
  samples: readonly RunSample[],
  startEpochSeconds: number,
): Markup {
  const endSeconds = samples.at(-1)?.atSeconds ?? 1;
  const scale = scaleUtc([startEpochSeconds * 1000, (startEpochSeconds + endSeconds) * 1000], [left, right]);
  const ticks = scale.ticks(width > 500 ? 8 : 3).map((date) => {
    const x = round(scale(date));
    const anchor = x > right - 24 ? "end" : "middle";
    return html`<line class="axis" x1="${x}" x2="${x}" y1="${bottom}" y2="${bottom + 4}" /><text
        x="${anchor === "end" ? right : x}"
        y="${bottom + 18}"
        text-anchor="${anchor}"
        >${dateText(date, endSeconds)}</text
      >`;
  });
  return html`<line class="axis" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}" />${ticks}`;
}

/** Values beside a chart, with a line at each. */
export function valueAxis(
  { left, right }: Frame,
  ticks: readonly number[],
  place: (value: number) => number,
  digits = 0,
): Markup {
  return html`${ticks.map((value) => {
    const y = round(place(value));
    const text = value.toLocaleString("en-US", { maximumFractionDigits: digits });
    return html`<line class="grid" x1="${left}" x2="${right}" y1="${y}" y2="${y}" /><text
        x="${left - 6}"
        y="${y + 4}"
        text-anchor="end"
        >${text}</text
      >`;
  })}`;
}

export function barOf(
  kind: string,
  x: number,
  from: number,
  width: number,
  to: number,
  title: string,
): Markup {
  const [top, height] = [Math.min(from, to), Math.abs(to - from)];
  if (height < 0.05) return html``;
  return html`<rect
    class="${kind}"
    x="${round(x)}"
    y="${round(top)}"
    width="${round(Math.max(0.8, width))}"
    height="${round(Math.max(0.8, height))}"
    ><title>${title}</title></rect
  >`;
}

/** What the columns of a picture can be long. */
const binLengths: readonly number[] = Object.freeze([
  ...[600, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200],
  ...[1, 2, 7, 14, 28, 91, 364, 728, 1820].map((days) => days * daySeconds),
]);

/** The columns of a picture: the samples that bound them, the first and the last among them, and how long each is. */
export interface Bins {
  readonly edges: readonly RunSample[];
  readonly seconds: number;
}

/** As many columns as there are, but no more than `most`. */
export function binsOf(samples: readonly RunSample[], most = mostBins): Bins {
  const last = samples.at(-1);
  const endSeconds = last?.atSeconds ?? 0;
  const step = samples[1]?.atSeconds ?? daySeconds;
  const fits = (length: number): boolean => length % step === 0 && endSeconds / length <= most;
  const seconds = binLengths.find(fits) ?? step * Math.ceil(endSeconds / step / most);
  const edges = samples.filter(({ atSeconds }) => atSeconds % seconds === 0);
  if (!last || edges.at(-1) === last) return { edges, seconds };
  // The moments of the closing report go to the column before: alone they would be too narrow to be seen.
  if (edges.length > 1 && endSeconds % seconds < seconds / 4) edges.pop();
  return { edges: [...edges, last], seconds };
}

/** What came in each column. */
export function gains({ edges }: Bins, read: (sample: RunSample) => number): number[] {
  return edges.slice(1).map((to, index) => read(to) - read(edges[index] ?? to));
}

/** `x` and `width` of a column's bar. */
export function place({ edges }: Bins, index: number, x: TimeScale): { left: number; width: number } {
  const left = x(edges[index]?.atSeconds ?? 0);
  return { left, width: (x(edges[index + 1]?.atSeconds ?? 0) - left) * 0.9 };
}

/** `a day`, `6 h` */
export function binText({ seconds }: Bins): string {
  return seconds === daySeconds ? "a day" : durationText(seconds);
}

/** What an axis reaches to; 1 where there was nothing. */
export function upTo(values: readonly number[]): number {
  return Math.max(0, ...values) || 1;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function dateText(date: Date, spanSeconds: number): string {
  const [, day = "", month = "", year = "", time = ""] = date.toUTCString().split(" ");
  if (spanSeconds <= 3 * daySeconds)
    return time === "00:00:00" ? `${Number(day)} ${month}` : time.slice(0, 5);
  if (spanSeconds <= 200 * daySeconds) return `${Number(day)} ${month}`;
  return month === "Jan" ? year : month;
}
