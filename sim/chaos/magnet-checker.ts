import { exportEventLog } from "../run/event-log/export.js";
import type { MeterRecord } from "../../firmware/legal/register/meter-record.js";
import type { FaultyFlash } from "../world/flash/faulty-flash.js";
import type { Scheduled, Scheduler } from "../kernel/world.js";
import type { PulseInputModel } from "../world/sensors/pulse-input.js";
import type { ChaosFindings } from "./findings.js";

/** The meter looks at its reeds at least once an hour; this long after a magnet has gone, it must have noticed. */
const patienceMicroseconds = 7200e6;

export interface MagnetCheckerOptions {
  readonly scheduler: Scheduler;
  readonly input: PulseInputModel;
  readonly events: FaultyFlash;
  readonly findings: ChaosFindings;
}

/** Pulses under a magnet can't be counted, but the meter must say that there was one. */
export class MagnetChecker {
  #options: MagnetCheckerOptions;
  #sequenceBefore: number | undefined;
  #eventsBefore = 0;
  #isPowered = false;
  #deadline: Scheduled | undefined;

  constructor(options: MagnetCheckerOptions) {
    this.#options = options;
  }

  /** Each record tells whether the pulse input knows of a magnet. */
  onJournal({ magnetPresent }: MeterRecord): void {
    const { input, findings } = this.#options;
    if (input.read().magnetPresent !== magnetPresent)
      findings.add("magnet", `a record says ${magnetPresent ? "magnet" : "no magnet"}, the input differs`);
  }

  powerOn(): void {
    this.#isPowered = true;
  }

  onMagnet(isHeld: boolean): void {
    const { scheduler, input } = this.#options;
    scheduler.cancel(this.#deadline);
    if (!this.#isPowered) return;
    if (isHeld) {
      this.#sequenceBefore = this.#lastEvent;
      this.#eventsBefore = input.read().magnetEvents;
      return;
    }
    this.#deadline = scheduler.schedule(patienceMicroseconds, () => {
      this.#requireEvent();
    });
  }

  /** Without power the input forgets, and so does this. */
  powerOff(): void {
    this.#isPowered = false;
    this.#options.scheduler.cancel(this.#deadline);
    this.#sequenceBefore = undefined;
  }

  #requireEvent(): void {
    const before = this.#sequenceBefore;
    const { events, input, findings } = this.#options;
    if (before === undefined || input.read().magnetEvents === this.#eventsBefore) return;
    const { entries } = exportEventLog(events.copy(), "");
    if (!entries.some(({ sequence, event }) => sequence > before && event === "magnet"))
      findings.add("magnet", "the pulse input saw a magnet, the event log has no word of it");
  }

  get #lastEvent(): number {
    return exportEventLog(this.#options.events.copy(), "").entries.at(-1)?.sequence ?? 0;
  }
}
