import { scaleLinear } from "d3-scale";
import { type Markup, html } from "../../../jig/report/markup.js";
import {
  barOf,
  type Bins,
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

/** What lies at the bottom of each bar, then above it; the page's style has a pattern for each. */
const shares: readonly { readonly name: string; readonly loads: readonly string[] }[] = Object.freeze([
  { name: "rest", loads: ["sleep", "self-discharge", "wake stub", "valve"] },
  { name: "processor", loads: ["processor"] },
  { name: "modem", loads: ["modem"] },
]);

/** What the battery gave, a day, and to whom. */
export function batteryFigure(data: PageData): Markup {
  const { samples, startEpochSeconds, charges } = data;
  const total = charges.reduce((sum, { milliampereHours }) => sum + milliampereHours, 0);
  const last = samples.at(-1);
  const bins = binsOf(samples, mostBars);
  const columns = stacksOf(bins);
  const days = (last?.atSeconds ?? 1) / 86_400;
  const label =
    `${total.toFixed(1)} mAh given, ${(total / days).toFixed(2)} a day; ` +
    `${((last?.batteryFraction ?? 1) * 100).toFixed(2)} % are left, at ${((last?.batteryMillivolts ?? 0) / 1000).toFixed(3)} V. ` +
    `Each bar is ${binText(bins)}, in mAh.`;
  const draw = (width: number): Markup => {
    const area = frame(width, 200);
    const x = timeScale(area, samples);
    const most = upTo(columns.map((stack) => stack.reduce((sum, value) => sum + value, 0)));
    const y = scaleLinear([0, most], [area.bottom, area.top]);
    const bars = columns.map((stack, index) => {
      const { left, width } = place(bins, index, x);
      let below = 0;
      return html`${stack.map((value, position) => {
        const from = below;
        below += value;
        const name = shares[position]?.name ?? "";
        return barOf(name, left, y(from), width, y(below), `${name}: ${value.toFixed(2)} mAh`);
      })}`;
    });
    return picture(
      area,
      valueAxis(area, y.ticks(4), y, 2),
      ...bars,
      timeAxis(area, samples, startEpochSeconds),
    );
  };
  return figure("Battery", label, draw, shareTable(data, total));
}

function shareTable({ charges }: PageData, total: number): Markup {
  return html`<table class="shares">
    <thead>
      <tr>
        <th scope="col">to</th>
        <th scope="col" class="number">mAh</th>
        <th scope="col" class="number">share</th>
        <th></th>
      </tr>
    </thead>
    <tbody>
      ${charges.map(({ name, milliampereHours }) => {
        const share = total > 0 ? (milliampereHours / total) * 100 : 0;
        const kind = shares.find(({ loads }) => loads.includes(name))?.name ?? "rest";
        const swatch = html`<svg class="swatch" viewBox="0 0 14 14" aria-hidden="true">
          <rect class="${kind}" width="14" height="14" />
        </svg>`;
        return html`<tr>
          <th scope="row">${swatch}${name}</th>
          <td class="number">${milliampereHours.toFixed(2)}</td>
          <td class="number">${share.toFixed(1)} %</td>
          <td class="track"><i style="width:${share.toFixed(1)}%"></i></td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/** mAh of each share in each column. */
function stacksOf(bins: Bins): number[][] {
  const byShare = shares.map(({ loads }) =>
    gains(bins, ({ milliampereHours }) =>
      loads.reduce((sum, load) => sum + (milliampereHours.get(load) ?? 0), 0),
    ),
  );
  return bins.edges.slice(1).map((_, index) => byShare.map((values) => values[index] ?? 0));
}
