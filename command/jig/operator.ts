import { emitKeypressEvents } from "node:readline";
import { createLogUpdate } from "log-update";
import { ExitCode } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import type { UnitInLine } from "../../jig/execution/run-attempt.js";
import { runInSlot, type SlotOptions } from "../../jig/station/run-slot.js";
import type { SlotState } from "../../jig/station/slot-state.js";
import { drawSlots } from "./slot-table.js";

export interface OperatorOptions {
  /** The slots' ports, in order. */
  readonly places: readonly string[];
  readonly unitAt: (slot: number, serialNumber: string) => UnitInLine;
  readonly station: Omit<SlotOptions, "slot" | "place" | "onState">;
  readonly surroundings: Surroundings;
  /** Where a scanner types. */
  readonly keys: OperatorKeys;
}

/** A terminal's input. */
export type OperatorKeys = NodeJS.ReadableStream & { setRawMode(isRaw: boolean): unknown };

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
  readonly sequence?: string;
}

const longestEntry = 40;
const printable = /^[\x20-\x7e]$/;

/** The station with somebody in front of it, until Ctrl-C. 0 when every unit passed. */
export async function runOperator(options: OperatorOptions): Promise<ExitCode> {
  const operator = new Operator(options);
  return operator.run();
}

class Operator {
  #options: OperatorOptions;
  #states: SlotState[];
  #entry = "";
  #message = "";
  #update: ReturnType<typeof createLogUpdate>;
  #stop = new AbortController();
  #running = new Set<Promise<void>>();
  #passed = 0;
  #tested = 0;
  #end: (() => void) | undefined;

  constructor(options: OperatorOptions) {
    this.#options = options;
    this.#update = createLogUpdate(options.surroundings.output);
    this.#states = options.places.map((place, index) => emptySlot(index + 1, place));
  }

  async run(): Promise<ExitCode> {
    const { keys } = this.#options;
    const onKey = (_text: string | undefined, key: Key): void => {
      this.#take(key);
      this.#draw();
    };
    emitKeypressEvents(keys);
    keys.setRawMode(true);
    keys.on("keypress", onKey);
    keys.resume();
    this.#draw();
    await new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    keys.off("keypress", onKey);
    keys.setRawMode(false);
    keys.pause();
    this.#update.done();
    return this.#passed === this.#tested ? ExitCode.success : ExitCode.failure;
  }

  #take(key: Key): void {
    const { name, ctrl = false, sequence = "" } = key;
    if (ctrl && name === "c") this.#leave();
    else if (name === "return" || name === "enter") this.#enter();
    else if (name === "backspace") this.#entry = this.#entry.slice(0, -1);
    else if (printable.test(sequence) && this.#entry.length < longestEntry) this.#entry += sequence;
  }

  /** The first time what runs is stopped, torn down and stored; with nothing running it ends. */
  #leave(): void {
    this.#stop.abort();
    this.#message = "stopping; the units' teardown runs";
    void Promise.all(this.#running).then(() => this.#end?.());
  }

  #enter(): void {
    const entry = this.#entry.trim();
    this.#entry = "";
    this.#message = "";
    if (entry === "") this.#startAll();
    else this.#assign(entry);
  }

  /** `SERIAL` is for the first slot that has none, `3:SERIAL` for slot 3. */
  #assign(entry: string): void {
    const [, digits, rest] = /^(\d{1,2}):(.+)$/.exec(entry) ?? [];
    const serialNumber = rest ?? entry;
    const slot = digits === undefined ? this.#freeSlot() : Number(digits);
    const state = slot === undefined ? undefined : this.#states[slot - 1];
    if (!state)
      this.#message =
        digits === undefined ? "every slot has a serial number; Enter starts" : `there is no slot ${digits}`;
    else if (state.activity === "testing") this.#message = `slot ${state.slot} is testing`;
    else if (
      this.#states.some((other) => isPending(other) && other.serialNumber === serialNumber && other !== state)
    )
      this.#message = `${serialNumber} is in another slot already`;
    else this.#set({ slot: state.slot, place: state.place, activity: "waiting", serialNumber, progress: 0 });
  }

  /** The first empty slot; if there is none, the first whose unit is done. */
  #freeSlot(): number | undefined {
    const state =
      this.#states.find(({ activity }) => activity === "empty") ??
      this.#states.find(({ activity }) => activity === "done");
    return state?.slot;
  }

  #startAll(): void {
    const waiting = this.#states.filter(({ activity }) => activity === "waiting");
    if (waiting.length === 0) this.#message = "scan a serial number first";
    for (const { slot, place, serialNumber = "" } of waiting) {
      const run = this.#test(slot, place, serialNumber);
      this.#running.add(run);
      void run.finally(() => this.#running.delete(run));
    }
  }

  async #test(slot: number, place: string, serialNumber: string): Promise<void> {
    const { station, unitAt } = this.#options;
    const attempt = await runInSlot(unitAt(slot, serialNumber), {
      ...station,
      interrupt: AbortSignal.any([station.interrupt, this.#stop.signal]),
      slot,
      place,
      onState: (state) => {
        this.#set(state);
        this.#draw();
      },
    });
    this.#tested++;
    if (attempt?.outcome === "PASS") this.#passed++;
    this.#draw();
  }

  #set(state: SlotState): void {
    this.#states[state.slot - 1] = state;
  }

  #draw(): void {
    const { output, outputColours: colours } = this.#options.surroundings;
    const { columns = 80, rows = 24 } = output;
    const lines = drawSlots(this.#states, { columns, rows: rows - 4 }, colours);
    const counts = `${this.#tested} tested, ${this.#passed} passed`;
    this.#update(
      [
        ...lines,
        colours.dim(`${counts} · scan a serial number · Enter starts all · Ctrl-C ends`.slice(0, columns)),
        `${this.#message === "" ? "" : `${colours.yellow(this.#message)}  `}> ${this.#entry}`,
      ].join("\n"),
    );
  }
}

function emptySlot(slot: number, place: string): SlotState {
  return { slot, place, activity: "empty", progress: 0 };
}

function isPending({ activity }: SlotState): boolean {
  return activity === "waiting" || activity === "testing";
}
