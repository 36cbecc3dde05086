import { inWords } from "../attempt/words.js";
import { leastCapability } from "./capability.js";
import { controlChartFigure } from "./control-chart-figure.js";
import { histogramFigure } from "./histogram-figure.js";
import { type Markup, html } from "./markup.js";
import { countWithNoun, indexText, numberText } from "./number-text.js";
import type { Series, SlotSeries } from "./series.js";

export function capabilityTable(series: readonly Series[]): Markup {
  if (series.length === 0) return html`<p>No numbers were measured.</p>`;
  return html`<table>
    <tr>
      <th>measurement</th>
      <th>limits</th>
      <th>distribution</th>
      <th class="number">n</th>
      <th class="number">mean</th>
      <th class="number">deviation</th>
      <th class="number">Cpk</th>
      <th class="number">Ppk</th>
      <th>lowest slot</th>
    </tr>
    ${series.map(capabilityRow)}
  </table>`;
}

function capabilityRow(series: Series, index: number): Markup {
  const { capability, values } = series;
  const number = (text: string): Markup => html`<td class="number">${text}</td>`;
  const worst = worstSlot(series);
  return html`<tr>
    <td><a href="#chart-${index + 1}">${series.phase} / ${inWords(series.measurement)}</a></td>
    <td>${series.limits}</td>
    <td>${histogramFigure(values, series.bounds)}</td>
    ${number(String(values.length))}${number(capability ? numberText(capability.mean) : "–")}${number(capability ? numberText(capability.deviation) : "–")}
    <td class="number">${capabilityMark(capability?.cpk ?? null)}</td>
    ${number(indexText(capability?.ppk ?? null))}
    <td>${worst ? html`${capabilityMark(worst.capability.cpk)} in ${worst.slot}` : "–"}</td>
  </tr>`;
}

export function controlCharts(series: readonly Series[]): Markup[] {
  return series.map((one, index) => {
    const title = `${one.phase} / ${inWords(one.measurement)}`;
    const limits = one.limits === "" ? "" : ` · limits ${one.limits}`;
    return html`<section id="chart-${index + 1}">
      <h3>${title} <span class="soft">${limits}</span></h3>
      ${one.slots.length === 0 ? html`<p class="soft">Too few values.</p>` : html`<div class="charts">${one.slots.map((slot) => slotFigure(title, slot))}</div>`}
    </section>`;
  });
}

function slotFigure(title: string, { slot, chart, capability }: SlotSeries): Markup {
  const signals = chart.signals.length + chart.rangeSignals.length;
  const caption = html`slot ${slot} · n ${chart.values.length} · Cpk
  ${capabilityMark(capability.cpk)}${signals > 0 ? html` · <span class="warning">${countWithNoun(signals, "signal")}</span>` : null}`;
  return html`<figure>
    <figcaption>${caption}</figcaption>
    ${controlChartFigure(chart, `${title}, slot ${slot}`)}
  </figure>`;
}

function capabilityMark(cpk: number | null): Markup {
  const text = indexText(cpk);
  return cpk !== null && cpk < leastCapability ? html`<span class="warning">${text}</span>` : html`${text}`;
}

function worstSlot({ slots }: Series): SlotSeries | undefined {
  const index = ({ capability }: SlotSeries): number => capability.cpk ?? Infinity;
  const [worst] = [...slots].sort((one, other) => index(one) - index(other));
  return worst && worst.capability.cpk !== null ? worst : undefined;
}
