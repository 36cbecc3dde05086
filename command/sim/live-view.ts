import { stripVTControlCharacters } from "node:util";
import { createLogUpdate } from "log-update";
import type { Simulation } from "../../sim/run/simulation.js";
import { drawPanel } from "./panel.js";
import { PlainView } from "./plain-view.js";
import { type PanelFacts, readPanelState } from "./panel-state.js";
import type { Surroundings } from "../kit/surroundings.js";
import type { View } from "./view.js";

// ECMA-48 control sequences; DECTCEM for the cursor.
const hideCursor = "\u001B[?25l";
const showCursor = "\u001B[?25h";
const eraseBelow = "\u001B[J";
const cursorUp = (lines: number): string => `\u001B[${lines}A`;

/** A flow is averaged over no less than this. */
const flowMicroseconds = 60e6;

/** A panel in the terminal that is drawn anew as the run goes on. */
export class LiveView implements View {
  #simulation: Simulation;
  #facts: PanelFacts;
  #surroundings: Surroundings;
  #update: ReturnType<typeof createLogUpdate>;
  #startMilliseconds: number;
  /** What stays on the terminal once the panel goes. */
  #days: PlainView;
  #daysText = "";
  #shownMicroseconds = 0;
  #columns = 0;
  /** Columns that each line of the panel on the screen takes. */
  #shownWidths: readonly number[] = [];
  #isOpen = false;

  constructor(simulation: Simulation, facts: PanelFacts, surroundings: Surroundings) {
    this.#simulation = simulation;
    this.#facts = facts;
    this.#surroundings = surroundings;
    this.#update = createLogUpdate(surroundings.output, { showCursor: true });
    this.#startMilliseconds = surroundings.clock.now();
    const sink = {
      write: (text: string): void => {
        this.#daysText += text;
      },
    };
    this.#days = new PlainView(simulation, sink, facts.pulseWeightMillilitres);
  }

  /** The panel is drawn by the clock on the wall; the days are told by that of the run. */
  beforeEvent(nextMicroseconds: number): void {
    this.#days.beforeEvent(nextMicroseconds);
  }

  refresh(nowMicroseconds: number): void {
    const { output, outputColours, clock } = this.#surroundings;
    this.#open();
    this.#followWidth();
    const since = Math.min(this.#shownMicroseconds, nowMicroseconds - flowMicroseconds);
    const state = readPanelState(this.#simulation, this.#facts, {
      nowMicroseconds,
      flowSinceMicroseconds: Math.max(0, since),
      wallSeconds: (clock.now() - this.#startMilliseconds) / 1000,
    });
    this.#shownMicroseconds = nowMicroseconds;
    const lines = drawPanel(state, this.#columns, outputColours).slice(0, (output.rows ?? 24) - 1);
    this.#shownWidths = lines.map((line) => stripVTControlCharacters(line).length);
    this.#update(lines.join("\n"));
  }

  /** The panel goes, for the days and the summary to take its place. */
  finish(): void {
    this.#followWidth();
    this.#update.clear();
    this.#end();
    this.#days.finish();
    this.#surroundings.output.write(this.#daysText);
  }

  /** A panel of a run that was not finished stays, to tell how far it came. */
  close(): void {
    if (!this.#isOpen) return;
    this.#surroundings.output.write("\n");
    this.#end();
  }

  #end(): void {
    this.#isOpen = false;
    this.#surroundings.output.write(showCursor);
  }

  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#surroundings.output.write(hideCursor);
  }

  /** A terminal that has become narrower has wrapped the panel: it takes more lines than `log-update` knows of. */
  #followWidth(): void {
    const columns = this.#surroundings.output.columns ?? 80;
    const isNarrower = columns < this.#columns;
    this.#columns = columns;
    if (!isNarrower) return;
    const lines = this.#shownWidths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    if (lines > 0) this.#surroundings.output.write(`\r${cursorUp(lines)}${eraseBelow}`);
    this.#update.done();
    this.#shownWidths = [];
  }
}
