import { daySeconds } from "../../hal/base/time-units.js";
import { Journal } from "../../firmware/legal/register/journal.js";
import { endpointName } from "../../firmware/uplink/session.js";
import { Board } from "../chip/board/board.js";
import type { HeadEnd } from "../head-end/head-end.js";
import type { Readings } from "../head-end/readings.js";
import { Trace } from "../kernel/trace.js";
import { World } from "../kernel/world.js";
import { brokenBounds } from "./bounds.js";
import { Checkers, type Difference, type RegisterPulses } from "./checkers.js";
import { EventPump } from "./event-pump.js";
import { DeliveredReports } from "./delivered-reports.js";
import { createFlash } from "./initial-flash.js";
import { contactChanges } from "./event-log/contact-changes.js";
import { copyPartition, openPartition, storageOn } from "./flash/flash-access.js";
import { buildMeterWorld, type MeterWorld, serialNumberOf } from "./meter-world.js";
import { planSituations } from "./network-situations.js";
import type { RunOptions } from "./run-options.js";
import { RunBook } from "./run-book.js";
import { type RunResult, summarise } from "./run-result.js";
import { Truth } from "./truth.js";

/** After the last pulse the wheel comes to rest; only then somebody presses the button for the closing report. */
const restMicroseconds = 2e6;
/** The meter retries a failed closing report by itself, for as long as this. */
const closingMicroseconds = 48 * 3600e6;
/** Steps between two looks of an observer. */
const stepsPerLook = 512;

/** Somebody who watches a run and may slow it down. */
export interface Observer {
  /** Called now and then; the run waits for a promise. */
  look(simulation: Simulation): Promise<void> | undefined;
  /** Called before time moves on; the run waits for a promise. */
  pace(nextMicroseconds: number): Promise<void> | undefined;
}

/** One meter with the world around it, run from the day it is switched on to its closing report. */
export class Simulation {
  readonly options: RunOptions;
  readonly scheduler = new World();
  readonly truth: Truth;
  readonly board: Board;
  readonly meter: MeterWorld;
  readonly headEnd: HeadEnd;
  readonly trace = new Trace();
  readonly book: RunBook;
  /** What the head-end has taken. */
  readonly reports = new DeliveredReports();
  readonly #checkers: Checkers;
  readonly #startedAt: number;
  #now: () => number;
  #engineName = "";
  /** Seconds of the run at which the battery was empty; a meter without charge is dead. */
  #diedSeconds: number | undefined;

  /** `now` reads the host's clock in milliseconds, for the wall time in the result only. */
  constructor(options: RunOptions, now: () => number) {
    this.options = options;
    this.#now = now;
    this.#startedAt = now();
    this.truth = new Truth(options.pulses, options.durationSeconds);
    const flash = createFlash(options.product, options.settings ?? new Map());
    this.meter = buildMeterWorld(options, this.scheduler, this.truth, flash);
    this.headEnd = this.meter.headEnd;
    this.board = new Board(this.meter.parts, this.scheduler, this.trace);
    this.meter.connect(this.board);
    planSituations(options.networkSituations ?? [], this.scheduler, this.meter);
    this.#checkers = new Checkers(options, this.truth);
    this.book = new RunBook({
      scheduler: this.scheduler,
      truth: this.truth,
      board: this.board,
      meter: this.meter,
      readings: () => this.readings,
      stepSeconds: options.sampleSeconds ?? daySeconds,
    });
    this.meter.battery.onEmpty = () => {
      this.#diedSeconds = Math.round(this.scheduler.nowMicroseconds / 1e6);
      this.board.powerOff();
    };
    this.headEnd.onReport = (report) => {
      this.reports.add(report);
      this.#checkers.onReport(report, this.scheduler.nowMicroseconds);
    };
  }

  /** UTC now, in epoch seconds. */
  get epochSeconds(): number {
    return this.options.startEpochSeconds + this.scheduler.nowMicroseconds / 1e6;
  }

  /** What the head-end knows of this meter; undefined before it registered. */
  get readings(): Readings | undefined {
    return this.headEnd.device(endpointName(serialNumberOf(this.options.seed)));
  }

  /** Runs to the end. Errors of the firmware or of the engine are thrown. */
  async run(observer?: Observer): Promise<RunResult> {
    const engine = await this.options.engine(this.board.call);
    this.#engineName = engine.name;
    const pump = new EventPump(this.scheduler, this.board, engine);
    try {
      this.book.begin();
      this.board.powerOn();
      const endMicroseconds = this.options.durationSeconds * 1e6 + restMicroseconds;
      this.scheduler.schedule(endMicroseconds, () => {
        this.board.pressServiceButton();
      });
      await pump.handleEvents();
      const lastMicroseconds = endMicroseconds + closingMicroseconds;
      await this.#advance(pump, lastMicroseconds, observer);
      await observer?.look(this);
      this.book.end();
      return this.#result();
    } finally {
      engine.close();
    }
  }

  async #advance(pump: EventPump, lastMicroseconds: number, observer: Observer | undefined): Promise<void> {
    for (let step = 1; ; step++) {
      const next = this.scheduler.nextMicroseconds;
      if (next === undefined || next > lastMicroseconds || this.#isClosed) return;
      if (observer) {
        const pace = observer.pace(next);
        if (pace) await pace;
        if (step % stepsPerLook === 0) await observer.look(this);
      }
      const handled = pump.step();
      if (handled) await handled;
    }
  }

  /** True when the closing report was acknowledged and the meter sleeps again, and when it is dead. */
  get #isClosed(): boolean {
    if (this.#diedSeconds !== undefined) return true;
    if (this.scheduler.nowMicroseconds < this.options.durationSeconds * 1e6) return false;
    const endEpoch = this.options.startEpochSeconds + this.options.durationSeconds;
    return !this.board.isAwake && (this.readings?.latest?.epochSeconds ?? 0) > endEpoch;
  }

  /** What a run has come to that an observer has ended; without power to the meter, which can't finish. */
  resultSoFar(): RunResult {
    this.book.end();
    const { nowMicroseconds } = this.scheduler;
    const end = Math.min(nowMicroseconds, this.options.durationSeconds * 1e6);
    const differences = this.#checkers.soFar(this.headEnd, this.readings);
    const lastReport = this.readings?.latest?.epochSeconds ?? this.options.startEpochSeconds;
    return this.#summary(this.#register, this.#checkers.truthAt(end), lastReport, differences);
  }

  #result(): RunResult {
    const { startEpochSeconds, durationSeconds } = this.options;
    const register = this.#register;
    const differences = [
      ...(this.#diedSeconds === undefined ? [] : [batteryEmpty(this.#diedSeconds, startEpochSeconds)]),
      ...this.#checkers.finish(register, this.headEnd, this.readings),
      ...brokenBounds(this.book.days, startEpochSeconds),
    ];
    const endEpochSeconds = startEpochSeconds + durationSeconds;
    return this.#summary(register, this.#checkers.truthAtEnd(), endEpochSeconds, differences);
  }

  /** The newest record in the meter's flash. */
  get #register(): RegisterPulses {
    const newest = new Journal(storageOn(openPartition(this.meter.flash, "journal"))).newest;
    return { forwardPulses: newest?.forwardPulses ?? 0, reversePulses: newest?.reversePulses ?? 0 };
  }

  #summary(
    register: RegisterPulses,
    truth: RegisterPulses,
    endEpochSeconds: number,
    differences: readonly Difference[],
  ): RunResult {
    const report = summarise({
      options: this.options,
      endEpochSeconds,
      engineName: this.#engineName,
      simulatedSeconds: Math.round(this.scheduler.nowMicroseconds / 1e6),
      wallSeconds: Math.round(this.#now() - this.#startedAt) / 1000,
      wakes: this.board.wakes,
      truth,
      register,
      headEnd: this.headEnd,
      readings: this.readings,
      completeFromEpochSeconds: this.#checkers.completeFromEpochSeconds,
      network: this.meter.network,
      retransmissions: this.meter.retransmissions.count,
      contactChanges: contactChanges(copyPartition(this.meter.flash, "events")),
      flash: this.meter.flash,
      battery: this.meter.battery,
      book: this.book,
      diedSeconds: this.#diedSeconds,
      traceHash: this.trace.digest(),
    });
    return { report, differences };
  }
}

function batteryEmpty(diedSeconds: number, startEpochSeconds: number): Difference {
  const message = `the battery is empty after ${(diedSeconds / 86_400).toFixed(1)} days, and the meter is dead`;
  return { checker: "battery", message, epochSeconds: startEpochSeconds + diedSeconds };
}
