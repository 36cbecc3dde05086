import type { SlotState } from "../../jig/station/slot-state.js";

/** What there is to see of the slots while units are tested. */
export interface SlotsView {
  show(state: SlotState): void;
  /** No more will come. */
  close(): void;
}
