import type { RecordedAttempt } from "../records/record-reader.js";
import { type Analysis, analyse } from "./analysis.js";
import { capabilityTable, controlCharts } from "./html-spc.js";
import { style } from "./html-style.js";
import { badUnitsTable, paretoTable, slotTable } from "./html-yield.js";
import { lookAt } from "./look-at.js";
import { Markup, html } from "./markup.js";
import { countWithNoun, percentText, minuteText } from "./number-text.js";

export interface HtmlContext {
  /** When the report was made; epoch milliseconds. */
  readonly atMilliseconds: number;
  /** The digest of the last attempt's entry, hexadecimal. */
  readonly head: string;
}

/** The page of a station's records. */
export function* htmlOf(recorded: Iterable<RecordedAttempt>, atMilliseconds: number): Generator<string> {
  const all = [...recorded];
  const head = all.at(-1)?.digest ?? "none";
  yield htmlReport(analyse(all.map(({ attempt }) => attempt)), { atMilliseconds, head });
}

/** One page that stands for itself: styles and charts are in it, no script, nothing from the network. */
export function htmlReport(analysis: Analysis, { atMilliseconds, head }: HtmlContext): string {
  const stations = analysis.stations.join(", ");
  const { attempts } = analysis.yield;
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Station ${stations}: test report</title>
      <style>
        ${new Markup(style)}
      </style>
      <h1>Station ${stations}: test report</h1>
      <p class="soft">
        ${countWithNoun(attempts, "attempt")} from ${minuteText(analysis.fromMilliseconds)} to
        ${minuteText(analysis.toMilliseconds)} UTC · ${recipes(analysis)}
      </p>
      ${attempts === 0 ? html`<p>No attempt has been stored yet.</p>` : body(analysis)}
      <p class="soft">Made ${minuteText(atMilliseconds)} UTC. The last attempt’s digest is ${head}.</p>
    </html> `.text;
}

function body(analysis: Analysis): Markup {
  const looks = lookAt(analysis);
  return html`${tiles(analysis)}
    ${
      looks.length === 0
        ? html`<p>Nothing stands out.</p>`
        : html`<ul class="look">
            ${looks.map((line) => html`<li>${line}</li>`)}
          </ul>`
    }
    <h2>Yield by slot</h2>
    <p class="soft">
      First pass counts a unit’s very first attempt only; final is its last one that passed or failed. Errors,
      timeouts and aborts are the station’s, not the unit’s.
    </p>
    ${slotTable(analysis.slots, analysis.yield)}
    <h2>What made units fail</h2>
    <p class="soft">
      Measurements outside their limits in the attempts that failed, the most frequent first. The mark is the
      share of this cause and those above it.
    </p>
    ${paretoTable(analysis.failures, "No attempt has failed.")}
    <h2>Where the station failed</h2>
    ${paretoTable(analysis.stationFailures, "No attempt ended in an error, a timeout or an abort.")}
    <h2>Capability</h2>
    <p class="soft">
      Each unit’s first value. Cpk is against the short-term variation (mean moving range / 1.128), Ppk
      against the whole; below 1.33 a process is called not capable. Red lines are the limits.
    </p>
    ${capabilityTable(analysis.series)}
    <h2>Control charts</h2>
    <p class="soft">
      Individuals (X) and moving ranges (mR) per slot, in the order of the tests. Limits: mean ± 2.66 × mean
      range; 3.267 × mean range. A circle is a value beyond them, a triangle one beyond the picture: something
      other than chance was at work.
    </p>
    ${controlCharts(analysis.series)}
    <h2>Units that are not good</h2>
    ${badUnitsTable(analysis.badUnits)}`;
}

function tiles({ yield: figures }: Analysis): Markup {
  const { ERROR, TIMEOUT, ABORTED } = figures.attemptsByOutcome;
  const tile = (value: string, text: string): Markup => html`<div class="tile"><b>${value}</b>${text}</div>`;
  return html`<div class="tiles">
    ${tile(percentText(figures.firstPassShare), `first pass: ${figures.firstPassUnits} of ${countWithNoun(figures.units, "unit")}`)}
    ${tile(percentText(figures.finalShare), `final: ${figures.finalUnits} of ${countWithNoun(figures.units, "unit")}`)}
    ${tile(String(figures.attempts), "attempts")}
    ${tile(String(ERROR + TIMEOUT + ABORTED), `without a verdict: ${ERROR} errors, ${TIMEOUT} timeouts, ${ABORTED} aborted`)}
  </div>`;
}

function recipes({ recipes: known }: Analysis): string {
  return known
    .map(({ name, version, hash }) => `recipe ${name} ${version} (${hash.slice(0, 12)})`)
    .join(", ");
}
