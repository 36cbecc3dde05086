import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { IndividualsChart } from "./individuals-chart.js";
import { type Markup, html } from "./markup.js";
import { numberText } from "./number-text.js";

const width = 500;
/** Room for a panel's name. */
const left = 28;
/** The limits are written to the right of the lines. */
const right = 84;
const valuesHeight = 130;
const rangesHeight = 64;
const gap = 14;

interface Panel {
  readonly name: string;
  readonly values: readonly number[];
  /** The index of the first value on the common axis. */
  readonly firstIndex: number;
  readonly lines: readonly { readonly value: number; readonly isLimit: boolean }[];
  readonly signals: readonly number[];
  readonly top: number;
  readonly height: number;
}

/** A chart of individuals above its moving ranges, on one axis of units in the order of their tests. */
export function controlChartFigure(chart: IndividualsChart, title: string): Markup {
  const values: Panel = {
    name: "X",
    values: chart.values,
    firstIndex: 0,
    lines: [
      { value: chart.upperLimit, isLimit: true },
      { value: chart.mean, isLimit: false },
      { value: chart.lowerLimit, isLimit: true },
    ],
    signals: chart.signals,
    top: 4,
    height: valuesHeight,
  };
  const ranges: Panel = {
    name: "mR",
    values: chart.ranges,
    firstIndex: 1,
    lines: [
      { value: chart.rangeLimit, isLimit: true },
      { value: chart.meanRange, isLimit: false },
    ],
    signals: chart.rangeSignals,
    top: 4 + valuesHeight + gap,
    height: rangesHeight,
  };
  const height = ranges.top + ranges.height + 6;
  const count = chart.values.length;
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
    ${panelMarkup(values, count)}${panelMarkup(ranges, count)}
  </svg>`;
}

function panelMarkup(
  { name, values, firstIndex, lines, signals, top, height }: Panel,
  count: number,
): Markup {
  const y = scaleLinear(shownRange(values, lines), [top + height - 6, top + 6]).clamp(true);
  const x = scaleLinear([0, Math.max(1, count - 1)], [left + 6, width - right - 8]);
  const across = (index: number): string => x(index + firstIndex).toFixed(1);
  const points = values.map((value, index) => `${across(index)} ${y(value).toFixed(1)}`);
  return html` <rect
      class="panel"
      x="${left}"
      y="${top}"
      width="${width - left - right}"
      height="${height}"
    />
    ${lines.map(({ value, isLimit }) => html`<line class="${isLimit ? "limit" : "centre"}" x1="${left}" x2="${width - right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" />`)}
    ${labels(lines, y, top + height)}
    <path class="run" d="M${points.join("L")}" />
    <path class="dots" d="${points.map((at) => `M${at}h0`).join("")}" />
    ${signals.map((index) => signalMarkup(values[index] ?? 0, across(index), y))}
    <text class="name" x="0" y="${top + 13}">${name}</text>`;
}

/** As far again as the limits are apart; what lies further out stands at the edge, or all else would be a line. */
function shownRange(values: readonly number[], lines: Panel["lines"]): [number, number] {
  const levels = lines.map(({ value }) => value);
  const [lowest, highest] = [Math.min(...levels), Math.max(...levels)];
  const margin = highest > lowest ? highest - lowest : Math.max(1e-9, Math.abs(highest) * 0.01);
  return [
    Math.max(lowest - margin, Math.min(lowest, ...values)),
    Math.min(highest + margin, Math.max(highest, lowest + margin / 2, ...values)),
  ];
}

/** A circle; for a value outside of the picture, a triangle at its edge. */
function signalMarkup(value: number, x: string, y: ScaleLinear<number, number>): Markup {
  const [lowest = value, highest = value] = y.domain();
  const at = y(value);
  const title = html`<title>${numberText(value)}</title>`;
  if (value >= lowest && value <= highest)
    return html`<circle class="signal" cx="${x}" cy="${at.toFixed(1)}" r="4">${title}</circle>`;
  const [tip, base] = value > highest ? [at - 5, at + 4] : [at + 5, at - 4];
  const corners = `M${x} ${tip.toFixed(1)}m-5 ${(base - tip).toFixed(1)}h10L${x} ${tip.toFixed(1)}z`;
  return html`<path class="signal" d="${corners}">${title}</path>`;
}

const labelHeight = 12;

/** What each line stands for, moved apart where lines are close; from the top line down to the last. */
function labels(lines: Panel["lines"], y: ScaleLinear<number, number>, bottom: number): Markup[] {
  let previous = -Infinity;
  return lines.map(({ value, isLimit }, index) => {
    const lowest = bottom - (lines.length - 1 - index) * labelHeight;
    const at = Math.max(Math.min(y(value) + 4, lowest), previous + labelHeight);
    previous = at;
    return html`<text
      class="${isLimit ? "limit-label" : "label"}"
      x="${width - right + 5}"
      y="${at.toFixed(1)}"
      >${numberText(value)}</text
    >`;
  });
}
