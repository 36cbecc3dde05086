import { storageOn } from "../../run/flash/flash-access.js";
import type { FlashPartition } from "../../../hal/flash.js";
import { Journal } from "../../../firmware/legal/register/journal.js";
import type { RegisterStore } from "./register-store.js";

/** The meter's own journal, for comparison under the very same cuts. */
export class JournalStore implements RegisterStore {
  readonly #journal: Journal;

  constructor(flash: FlashPartition) {
    this.#journal = new Journal(storageOn(flash));
  }

  read(): number | undefined {
    return this.#journal.newest?.forwardPulses;
  }

  write(value: number): boolean {
    return this.#journal.append({
      cause: "pulses",
      forwardPulses: value,
      reversePulses: 0,
      epochSeconds: 0,
      timeTrust: "unset",
      inputForward: value & 0xffff,
      inputReverse: 0,
      valve: "none",
      magnetPresent: false,
      sensorFault: false,
      batteryLow: false,
      calibrationEpoch: 0,
    });
  }
}
