import type { OutputStream } from "../kit/surroundings.js";
import type { SlotState } from "../../jig/station/slot-state.js";
import type { SlotsView } from "./slots-view.js";

/** Tells at the end, in one JSON object, how the units in the slots came out. */
export class JsonSlots implements SlotsView {
  #output: OutputStream;
  #done: SlotState[] = [];

  constructor(output: OutputStream) {
    this.#output = output;
  }

  show(state: SlotState): void {
    if (state.activity === "done") this.#done.push(state);
  }

  close(): void {
    const slots = this.#done
      .sort((one, other) => one.slot - other.slot)
      .map(({ slot, place, serialNumber, outcome, reason }) => ({
        slot,
        place,
        serialNumber,
        outcome,
        reason,
      }));
    this.#output.write(`${JSON.stringify({ slots })}\n`);
  }
}
