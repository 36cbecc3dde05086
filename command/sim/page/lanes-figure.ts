import { type Markup, html } from "../../../jig/report/markup.js";
import { countOf, durationText } from "../../kit/quantities.js";
import type { RunSample } from "../../../sim/run/run-book.js";
import {
  barOf,
  type Bins,
  binsOf,
  binText,
  figure,
  frame,
  gains,
  mostBins,
  picture,
  place,
  round,
  timeAxis,
  timeScale,
} from "./chart.js";
import type { Frame, TimeScale } from "./chart.js";
import type { Mark, MarkKind, PageData } from "./page-data.js";

interface Lane {
  readonly name: string;
  readonly kind: string;
  readonly unit: string;
  readonly read: (sample: RunSample) => number;
}

const lanes: readonly Lane[] = Object.freeze([
  { name: "wakes", kind: "processor", unit: "", read: ({ wakes }: RunSample) => wakes },
  { name: "awake", kind: "processor", unit: "s", read: ({ awakeSeconds }: RunSample) => awakeSeconds },
  {
    name: "radio searching",
    kind: "search",
    unit: "s",
    read: ({ searchingSeconds }: RunSample) => searchingSeconds,
  },
  {
    name: "radio connected",
    kind: "modem",
    unit: "s",
    read: ({ connectedSeconds }: RunSample) => connectedSeconds,
  },
  { name: "reports", kind: "flow", unit: "", read: ({ reports }: RunSample) => reports },
]);

const markLanes: readonly { readonly name: string; readonly kind: MarkKind }[] = Object.freeze([
  { name: "events", kind: "event" },
  { name: "faults", kind: "fault" },
  { name: "network", kind: "network" },
]);

const laneHeight = 44;
const markHeight = 30;

/** When the meter was awake and on the air, and what happened meanwhile. */
export function lanesFigure(data: PageData): Markup {
  const { samples, startEpochSeconds, marks } = data;
  const last = samples.at(-1);
  const bins = binsOf(samples);
  const count = (kind: MarkKind): number => marks.filter((mark) => mark.kind === kind).length;
  const label =
    `${(last?.wakes ?? 0).toLocaleString("en-US")} wakes, ${secondsText(last?.awakeSeconds)} awake, ` +
    `${secondsText(last?.searchingSeconds)} searching for a network and ${secondsText(last?.connectedSeconds)} connected. ` +
    `Each bar is ${binText(bins)}. Below, ${countOf(count("event"), "event")} (circles), ${countOf(count("fault"), "fault")} (triangles), and where ` +
    "something befell the network (diamonds; hatched while it lasts).";
  return figure("Wakes and radio", label, (width) => {
    const height = lanes.length * laneHeight + markLanes.length * markHeight + 34;
    const area: Frame = { ...frame(width, height), left: width > 500 ? 130 : 8 };
    const x = timeScale(area, samples);
    const rows = lanes.map((lane, index) => laneRow(lane, bins, x, area, area.top + index * laneHeight));
    const marked = markLanes.map(({ name, kind }, index) => {
      const top = area.top + lanes.length * laneHeight + index * markHeight;
      return html`${kind === "network" ? bandsOf(data, x, top) : html``}${markRow(name, grouped(marks, kind, last), x, area, top)}`;
    });
    return picture(area, ...rows, ...marked, timeAxis(area, samples, startEpochSeconds));
  });
}

function laneRow(lane: Lane, bins: Bins, x: TimeScale, area: Frame, top: number): Markup {
  const values = gains(bins, lane.read);
  const most = Math.max(0, ...values);
  const base = top + laneHeight - 6;
  const told = (value: number): string => `${textOf(value)} ${lane.unit}`.trim();
  const bars = values.map((value, index) => {
    const { left, width } = place(bins, index, x);
    const height = most > 0 ? (value / most) * (laneHeight - 20) : 0;
    return barOf(lane.kind, left, base, width, base - height, told(value));
  });
  const text = `at most ${told(most)}`;
  return html`${laneName(lane.name, area, top)}<text
      class="soft"
      x="${area.right}"
      y="${top + 9}"
      text-anchor="end"
      >${text}</text
    ><line class="grid" x1="${area.left}" x2="${area.right}" y1="${base}" y2="${base}" />${bars}`;
}

function markRow(name: string, marks: readonly Mark[], x: TimeScale, area: Frame, top: number): Markup {
  const y = top + markHeight - 9;
  const shapes = marks.map(
    ({ atSeconds, kind, text }) =>
      html`<path class="mark ${kind}" d="${shapeOf(kind, round(x(atSeconds)), y)}"
        ><title>${text}</title></path
      >`,
  );
  return html`${laneName(name, area, top)}<line
      class="grid"
      x1="${area.left}"
      x2="${area.right}"
      y1="${y}"
      y2="${y}"
    />${shapes}`;
}

/** Beside the lane, or where there is no room, above it. */
function laneName(name: string, { left }: Frame, top: number): Markup {
  return left > 100
    ? html`<text class="name" x="${left - 10}" y="${top + 24}" text-anchor="end">${name}</text>`
    : html`<text class="name" x="${left}" y="${top + 9}">${name}</text>`;
}

function bandsOf({ bands }: PageData, x: TimeScale, top: number): Markup {
  return html`${bands.map(({ fromSeconds, toSeconds, text }) => {
    const [left, right] = [x(fromSeconds), x(toSeconds)];
    return html`<rect
      class="band"
      x="${round(left)}"
      y="${top + 12}"
      width="${round(Math.max(1, right - left))}"
      height="18"
      ><title>${text}</title></rect
    >`;
  })}`;
}

/** Circle, triangle and diamond: the kinds differ in shape, not in colour alone. */
function shapeOf(kind: MarkKind, x: number, y: number): string {
  if (kind === "event") return `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`;
  if (kind === "fault") return `M${x} ${y - 6}l6 11h-12z`;
  return `M${x} ${y - 6}l6 6l-6 6l-6 -6z`;
}

/** Those of a kind, as one where they would lie upon each other. */
function grouped(marks: readonly Mark[], kind: MarkKind, last: RunSample | undefined): Mark[] {
  const step = Math.max(1, (last?.atSeconds ?? 1) / mostBins);
  const places = new Map<number, Mark[]>();
  for (const mark of marks) {
    if (mark.kind !== kind) continue;
    const place = Math.floor(mark.atSeconds / step);
    places.set(place, [...(places.get(place) ?? []), mark]);
  }
  return [...places.values()].map((group) => ({
    atSeconds: group[0]?.atSeconds ?? 0,
    kind,
    text: group.length > 3 ? `${group.length} ${kind}s` : group.map(({ text }) => text).join("; "),
  }));
}

function secondsText(seconds = 0): string {
  return durationText(seconds);
}

function textOf(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
