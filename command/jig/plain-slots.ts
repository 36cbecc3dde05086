import type { ChalkInstance } from "chalk";
import type { OutputStream } from "../kit/surroundings.js";
import type { SlotState } from "../../jig/station/slot-state.js";
import type { SlotsView } from "./slots-view.js";

/** Tells in one line each how the units in the slots came out. */
export class PlainSlots implements SlotsView {
  #output: OutputStream;
  #colours: ChalkInstance;

  constructor(output: OutputStream, colours: ChalkInstance) {
    this.#output = output;
    this.#colours = colours;
  }

  show({ activity, slot, place, serialNumber, outcome, reason }: SlotState): void {
    if (activity !== "done" || outcome === undefined) return;
    const colour = outcome === "PASS" ? this.#colours.green : this.#colours.red;
    // A port's own trouble names it.
    const isNamed = reason?.startsWith(`${place}:`) ?? false;
    const parts = [isNamed ? undefined : place, serialNumber, reason].filter((part) => part !== undefined);
    this.#output.write(
      `slot ${String(slot).padStart(2)}  ${colour(outcome.padEnd(7))}  ${parts.join("  ")}\n`,
    );
  }

  close(): void {
    // Everything has been told.
  }
}
