import { type Markup, html, Markup as RawMarkup } from "../../../jig/report/markup.js";
import { timeText } from "../../kit/quantities.js";
import { batteryFigure } from "./battery-figure.js";
import { flowFigure, hoursFigure } from "./flow-figure.js";
import { indexFigure } from "./index-figure.js";
import { lanesFigure } from "./lanes-figure.js";
import type { Mark, PageData } from "./page-data.js";
import { pageStyle } from "./page-style.js";

/** Of the list of what happened; the newest. */
const mostListed = 40;

/** A run as one HTML page that needs nothing else: no script, and nothing from a network. */
export function runPage(data: PageData): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${data.title}</title>
        <style>
          ${new RawMarkup(pageStyle)}
        </style>
      </head>
      <body>
        ${patterns}
        <header>
          <h1>${data.title}</h1>
          <p class="soft">${data.subtitle}</p>
          ${data.verdicts.map(({ isGood, text }) => html`<p class="verdict ${isGood ? "good" : "bad"}">${isGood ? "✔" : "✘"} ${text}</p>`)}
        </header>
        <div class="tiles">
          ${data.tiles.map(({ label, value }) => html`<div><b>${value}</b>${label}</div>`)}
        </div>
        <main>
          ${hoursFigure(data)} ${flowFigure(data)} ${indexFigure(data)} ${batteryFigure(data)}
          ${lanesFigure(data)} ${happenings(data)} ${lastReport(data)}
        </main>
        <footer class="soft">
          <p>The same run again:</p>
          <pre>${data.repeat}</pre>
        </footer>
      </body>
    </html>`;
  return `${withoutBlanks(page.text)}\n`;
}

/** Blanks beside tags are the templates': what people read has none there. */
function withoutBlanks(page: string): string {
  return page
    .replace(/\s+/g, " ")
    .replace(/ ?(\/?>) ?/g, "$1")
    .replace(/ </g, "<")
    .trim();
}

/** Hatching, so that shares differ without their colour. Beside the pictures: one that is not shown has none to lend. */
const patterns = html`<svg class="patterns" width="0" height="0" aria-hidden="true">
  <defs>
    <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="ground" width="5" height="5" />
      <path class="stroke" d="M1 0V5" />
    </pattern>
    <pattern id="bands" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
      <path class="soft-stroke" d="M1 0V6" />
    </pattern>
  </defs>
</svg>`;

function happenings({ marks, startEpochSeconds }: PageData): Markup {
  const ordered = [...marks].sort((one, other) => one.atSeconds - other.atSeconds);
  const told = ordered.slice(-mostListed);
  const before = ordered.length - told.length;
  const line = ({ atSeconds, kind, text }: Mark): Markup =>
    html`<tr>
      <td>
        ${timeText(startEpochSeconds + Math.max(0, atSeconds))
          .replace("T", " ")
          .replace("Z", "")}
      </td>
      <td>${kind}</td>
      <td class="what">${text}</td>
    </tr>`;
  return html`<section>
    <h2>What happened</h2>
    ${before > 0 ? html`<p>The last ${told.length}; ${before} before.</p>` : null}
    <div class="scroll" tabindex="0" role="region" aria-label="What happened">
      <table>
        <thead>
          <tr>
            <th scope="col">time (UTC)</th>
            <th scope="col">kind</th>
            <th scope="col">what</th>
          </tr>
        </thead>
        <tbody>
          ${told.map(line)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function lastReport({ reportTitle, reportLines }: PageData): Markup {
  if (reportLines.length === 0)
    return html`<section>
      <h2>The last report</h2>
      <p>${reportTitle}</p>
    </section>`;
  return html`<section>
    <h2>The last report</h2>
    <p>${reportTitle}, decoded by the head-end.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="The last report">
      <table>
        <thead>
          <tr>
            <th scope="col">resource</th>
            <th scope="col">what</th>
            <th scope="col">value</th>
            <th scope="col">at</th>
          </tr>
        </thead>
        <tbody>
          ${reportLines.map(
            ({ path, meaning, time, value }) =>
              html`<tr>
                <td><code>${path}</code></td>
                <td>${meaning}</td>
                <td class="value">${value}</td>
                <td>${time}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
