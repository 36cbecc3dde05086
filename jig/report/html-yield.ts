import { inWords } from "../attempt/words.js";
import { type Markup, html } from "./markup.js";
import { percentText, minuteText } from "./number-text.js";
import { type ParetoRow, failureCauses } from "./pareto.js";
import type { Unit } from "./units.js";
import { type SlotYield, type Yield, isSlotLow } from "./yield.js";

export function slotTable(slots: readonly SlotYield[], all: Yield): Markup {
  const rows = slots.map((slot) => slotRow(`slot ${slot.slot}`, slot, isSlotLow(slot, all)));
  return html`<table>
    <tr>
      <th>slot</th>
      <th class="number">units</th>
      <th class="number">first pass</th>
      <th></th>
      <th class="number">final</th>
      <th class="number">attempts</th>
      <th class="number">fail</th>
      <th class="number">error</th>
      <th class="number">timeout</th>
      <th class="number">aborted</th>
    </tr>
    ${rows} ${slotRow("all", all, false)}
  </table>`;
}

function slotRow(name: string, figures: Yield, isLow: boolean): Markup {
  const { FAIL, ERROR, TIMEOUT, ABORTED } = figures.attemptsByOutcome;
  const number = (value: number | string): Markup => html`<td class="number">${value}</td>`;
  const first = percentText(figures.firstPassShare);
  return html`<tr class="${name}">
    <td>${name}</td>
    ${number(figures.units)}
    <td class="number">${isLow ? html`<span class="warning">${first}</span>` : first}</td>
    <td class="bar-cell">${bar(figures.firstPassShare ?? 0, null)}</td>
    ${number(percentText(figures.finalShare))}${[figures.attempts, FAIL, ERROR, TIMEOUT, ABORTED].map(number)}
  </tr>`;
}

export function paretoTable(rows: readonly ParetoRow[], nothing: string): Markup {
  if (rows.length === 0) return html`<p>${nothing}</p>`;
  return html`<table>
    <tr>
      <th>cause</th>
      <th class="number">times</th>
      <th class="number">share</th>
      <th class="number">cumulated</th>
      <th></th>
    </tr>
    ${rows.map(
      ({ cause, count, share, cumulativeShare }) =>
        html`<tr>
          <td>${inWords(cause)}</td>
          <td class="number">${count}</td>
          <td class="number">${percentText(share)}</td>
          <td class="number">${percentText(cumulativeShare)}</td>
          <td class="bar-cell">${bar(share, cumulativeShare)}</td>
        </tr>`,
    )}
  </table>`;
}

export function badUnitsTable(units: readonly Unit[]): Markup {
  if (units.length === 0) return html`<p>Every unit is good in the end.</p>`;
  const rows = units.flatMap(({ name, attempts }) => {
    const last = attempts.at(-1);
    if (!last) return [];
    const causes = last.outcome === "FAIL" ? failureCauses(last).map(inWords).join(", ") : "";
    return html`<tr>
      <td>${name}</td>
      <td class="number">${attempts.length}</td>
      <td class="number">${last.slot}</td>
      <td>${minuteText(last.endedAtMilliseconds)}</td>
      <td>${last.outcome}</td>
      <td>${causes}</td>
      <td>${last.reason ?? ""}</td>
    </tr>`;
  });
  return html`<table>
    <tr>
      <th>unit</th>
      <th class="number">attempts</th>
      <th class="number">slot</th>
      <th>last attempt, UTC</th>
      <th>outcome</th>
      <th>outside limits</th>
      <th>reason</th>
    </tr>
    ${rows}
  </table>`;
}

function bar(share: number, mark: number | null): Markup {
  const percent = (part: number): string => `${(part * 100).toFixed(1)}%`;
  return html`<div class="share">
    <i style="width:${percent(share)}"></i
    >${mark === null ? null : html`<u style="left:calc(${percent(mark)} - 1px)"></u>`}
  </div>`;
}
