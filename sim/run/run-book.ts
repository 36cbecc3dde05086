import { EventLog } from "../../firmware/events/event-log.js";
import { Journal } from "../../firmware/legal/register/journal.js";
import { daySeconds } from "../../hal/base/time-units.js";
import type { Board } from "../chip/board/board.js";
import type { Readings } from "../head-end/readings.js";
import type { Scheduler } from "../kernel/world.js";
import { copyPartition, storageOn } from "./flash/flash-access.js";
import type { MeterWorld } from "./meter-world.js";
import type { Truth } from "./truth.js";

/** What there was of everything at one moment of a run, since its beginning. */
export interface RunSample {
  readonly atSeconds: number;
  readonly truePulses: number;
  /** Forward pulses in the newest record of the journal, */
  readonly registerPulses: number;
  /** and in the newest report that the head-end has. */
  readonly headEndPulses: number;
  readonly wakes: number;
  readonly awakeSeconds: number;
  readonly resets: number;
  readonly modemResets: number;
  readonly searchingSeconds: number;
  readonly connectedSeconds: number;
  readonly reports: number;
  /** Entries of the event log. */
  readonly events: number;
  /** Of the most worn sector. */
  readonly sectorErases: number;
  /** By load, and `self-discharge`, in mAh. */
  readonly milliampereHours: ReadonlyMap<string, number>;
  readonly batteryMillivolts: number;
  readonly batteryFraction: number;
}

export interface RunBookOptions {
  readonly scheduler: Scheduler;
  readonly truth: Truth;
  readonly board: Board;
  readonly meter: MeterWorld;
  readonly readings: () => Readings | undefined;
  /** From one sample to the next; a day has a whole number of them. */
  readonly stepSeconds: number;
}

const readOnlyCrypto = { sha256: (): Uint8Array => new Uint8Array(32) };

/** Keeps samples of a run. It only looks: a run with it has the same trace as one without. */
export class RunBook {
  readonly samples: RunSample[] = [];
  readonly #options: RunBookOptions;

  constructor(options: RunBookOptions) {
    if (daySeconds % options.stepSeconds !== 0)
      throw new RangeError(`stepSeconds ${options.stepSeconds} must divide a day`);
    this.#options = options;
  }

  /** Takes the first sample; all but the last follow by themselves. */
  begin(): void {
    const { scheduler, stepSeconds } = this.#options;
    this.samples.push(this.#sample());
    scheduler.schedule(stepSeconds * 1e6, () => {
      this.begin();
    });
  }

  /** Takes the last sample. */
  end(): void {
    if (this.samples.at(-1)?.atSeconds !== this.#nowSeconds) this.samples.push(this.#sample());
  }

  /** The samples at the beginning of each day, */
  get midnights(): RunSample[] {
    return this.samples.filter(({ atSeconds }) => atSeconds % daySeconds === 0);
  }

  /** and those with the last one, which ends a part of a day. */
  get days(): RunSample[] {
    const last = this.samples.at(-1);
    return last && last.atSeconds % daySeconds !== 0 ? [...this.midnights, last] : this.midnights;
  }

  get #nowSeconds(): number {
    return this.#options.scheduler.nowMicroseconds / 1e6;
  }

  #sample(): RunSample {
    const { scheduler, truth, board, meter, readings } = this.#options;
    const { battery, modem, flash } = meter;
    const loads = battery.loadTotals.map(({ name, milliampereHours }) => [name, milliampereHours] as const);
    return {
      atSeconds: this.#nowSeconds,
      truePulses: truth.forwardPulsesAt(scheduler.nowMicroseconds),
      registerPulses: new Journal(storageOn(copyPartition(flash, "journal"))).newest?.forwardPulses ?? 0,
      headEndPulses: readings()?.latest?.forwardPulses ?? 0,
      wakes: board.wakes,
      awakeSeconds: board.processor.awakeSeconds,
      resets: board.resets,
      modemResets: Math.max(0, modem.states.starts - 1),
      searchingSeconds: modem.states.secondsIn("searching"),
      connectedSeconds: modem.states.secondsIn("connected"),
      reports: meter.headEnd.reports,
      events: new EventLog(storageOn(copyPartition(flash, "events")), { crypto: readOnlyCrypto })
        .lastSequence,
      sectorErases: flash.counters.maxSectorErases,
      milliampereHours: new Map([...loads, ["self-discharge", battery.selfDischargedMilliampereHours]]),
      batteryMillivolts: battery.millivolts,
      batteryFraction: battery.remainingFraction,
    };
  }
}
