import { bin, extent } from "d3-array";
import { scaleLinear } from "d3-scale";
import type { Bounds } from "./capability.js";
import { type Markup, html } from "./markup.js";

const width = 200;
const height = 34;
const bins = 30;

/** Where the values lie between their bounds. */
export function histogramFigure(values: readonly number[], { minimum, maximum }: Bounds): Markup {
  const bounds = [minimum, maximum].filter((bound) => bound !== null);
  const [lowest, highest] = extent([...values, ...bounds]);
  if (lowest === undefined || lowest === highest) return html``;
  const x = scaleLinear([lowest, highest], [4, width - 4]);
  const counts = bin().domain([lowest, highest]).thresholds(x.ticks(bins))(values);
  const y = scaleLinear([0, Math.max(...counts.map(({ length }) => length))], [height - 1, 3]);
  const bars = counts.map((values) => {
    const [from, to] = [x(values.x0 ?? lowest), x(values.x1 ?? highest)];
    if (values.length === 0) return html``;
    const top = Math.min(y(values.length), height - 2);
    const width = Math.max(1, to - from - 0.5).toFixed(1);
    return html`<rect
      class="bar"
      x="${from.toFixed(1)}"
      y="${top.toFixed(1)}"
      width="${width}"
      height="${(height - 1 - top).toFixed(1)}"
    />`;
  });
  return html`<svg class="histogram" viewBox="0 0 ${width} ${height}" role="img" aria-label="histogram">
    ${bars}
    <line class="axis" x1="0" x2="${width}" y1="${height - 0.5}" y2="${height - 0.5}" />
    ${bounds.map((bound) => html`<line class="bound" x1="${x(bound).toFixed(1)}" x2="${x(bound).toFixed(1)}" y1="0" y2="${height}" />`)}
  </svg>`;
}
