import { scaleLinear } from "d3-scale";
import { type Markup, html } from "../../../jig/report/markup.js";
import type { RunSample } from "../../../sim/run/run-book.js";
import { binsOf, figure, frame, picture, round, timeAxis, timeScale, upTo, valueAxis } from "./chart.js";
import type { PageData } from "./page-data.js";

/** A line has no more corners than this. */
const mostPoints = 360;

const lines: readonly {
  readonly name: string;
  readonly word: string;
  readonly read: (sample: RunSample) => number;
}[] = Object.freeze([
  { name: "truth", word: "truth, the broad band", read: ({ truePulses }: RunSample) => truePulses },
  {
    name: "register",
    word: "register in flash, solid",
    read: ({ registerPulses }: RunSample) => registerPulses,
  },
  {
    name: "head-end",
    word: "head-end, dashed, in steps",
    read: ({ headEndPulses }: RunSample) => headEndPulses,
  },
]);

/** The index as it was in truth, in the meter and at the head-end. */
export function indexFigure({ samples, startEpochSeconds, cubicMetresPerPulse }: PageData): Markup {
  const last = samples.at(-1);
  const values = lines.map(
    ({ name, read }) => `${name} ${last ? textOf(read(last) * cubicMetresPerPulse) : 0} m3`,
  );
  const label = `Forward index in m3. At the end: ${values.join(", ")}.`;
  const legend = html`<ul class="legend">
    ${lines.map(
      ({ name, word }) =>
        html`<li>
          <svg class="key" viewBox="0 0 34 10" aria-hidden="true">
            <path class="line ${name}" d="M1 5H33" /></svg
          >${word}
        </li>`,
    )}
  </ul>`;
  const draw = (width: number): Markup => {
    const area = frame(width, 230);
    const x = timeScale(area, samples);
    const points = binsOf(samples, mostPoints).edges;
    const most = upTo(lines.map(({ read }) => (last ? read(last) : 0) * cubicMetresPerPulse));
    const y = scaleLinear([0, most], [area.bottom, area.top]);
    const paths = lines.map(({ name, read }) => {
      const corners = points.map((sample, index) => {
        const [left, top] = [round(x(sample.atSeconds)), round(y(read(sample) * cubicMetresPerPulse))];
        if (index === 0) return `M${left} ${top}`;
        return name === "head-end" ? `H${left}V${top}` : `L${left} ${top}`;
      });
      return html`<path class="line ${name}" d="${corners.join("")}" />`;
    });
    return picture(
      area,
      valueAxis(area, y.ticks(4), y, 2),
      ...paths,
      timeAxis(area, samples, startEpochSeconds),
    );
  };
  return figure("Index", label, draw, legend);
}

function textOf(cubicMetres: number): string {
  return cubicMetres.toLocaleString("en-US", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}
