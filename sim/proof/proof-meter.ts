import type { Failure } from "../../hal/failure.js";
import type { SleepRequest, WakeCause } from "../../hal/power.js";
import type { Build } from "../../firmware/build.js";
import type { Duty, DutyDeclaration, DutyMeter } from "../../firmware/duties/duty.js";
import { main } from "../../firmware/main.js";
import { Meter } from "../../firmware/meter.js";
import { water } from "../../firmware/products/water.js";
import { type SettingName, settingNamesById } from "../../firmware/settings/setting-table.js";
import { dayMilliseconds } from "../../hal/base/time-units.js";
import { require } from "./invariant.js";
import type { MeterState } from "./meter-state.js";
import { MeterWatch } from "./meter-watch.js";
import { provenSettings } from "./proven-settings.js";

/**
 * Bytes that a start reads of the journal at most until the register is known: of each of its eight sectors the header
 * twice, and of each bank two sectors twice; a sector whose header stands alone costs nothing more.
 */
export const mostRecoveryBytes = 8 * 2 * 32 + 2 * 3 * 2 * 4096;

/** In the order of the event's detail, from 1. */
const resetCauses: readonly WakeCause[] = Object.freeze(["brown-out", "watchdog", "software"]);

/** Among the duties, from 1: the detail of the event. */
const workerPlace = 2;
const startOfPower = Object.freeze({ event: "power-on", detail: 0 } as const);
/** More than a duty of the firmware rests that has failed, however often. */
const longestRestMilliseconds = dayMilliseconds;

/** Ends a run that is only there to be looked at. */
class Abandoned extends Error {
  override readonly name = "Abandoned";
}
const abandoned = new Abandoned();

/** What watches the meter that runs: there is one at a time. */
let attach: Work | undefined;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own meter
const begin = Meter.prototype.begin;
/** The meter is watched from when it is built, before it writes anything down: duties may be made later, or never. */
Meter.prototype.begin = function (this: Meter) {
  attach?.(this);
  begin.call(this);
};

/** What is done in the middle of a run. */
export type Work = (meter: Meter) => void;

/** What befalls a duty beside its work. */
export interface Mishap {
  /** What ended the run before: this one leaves the work undone. */
  readonly failure?: Failure;
  /** True when the duty throws something once its work is done. */
  readonly isThrown?: boolean;
  /** True when the duty rests: the work stays undone, and the meter does not wait for it. */
  readonly isResting?: boolean;
}

/**
 * Runs the firmware's own `main` on the proof's board, with the ledger beside it. Its duties are the proof's: one that
 * never has anything to do, and one that does what the script wants.
 */
export class ProofMeter {
  readonly #state: MeterState;
  readonly #build: Build;
  /** What the run under way is for, until it is done. */
  #work: Work | undefined;
  #mishap: Mishap = {};
  /** Called when the meter is built and has not done anything yet. */
  #look: Work | undefined;
  #watch: MeterWatch | undefined;

  constructor(state: MeterState) {
    this.#state = state;
    const idler: DutyDeclaration = { name: "contact", followsVisit: false, create: () => idleDuty };
    const worker: DutyDeclaration = {
      name: "valve",
      followsVisit: false,
      create: (meter) => this.#createWorker(meter),
    };
    this.#build = { product: water, Modem: NoModem, duties: [idler, worker] };
  }

  /**
   * One run from wake to sleep; `work` is done in the middle of it, unless a mishap keeps it from being done.
   * @throws whatever ends it before: a cut, a broken invariant, an error of the firmware.
   */
  async run(cause: WakeCause, work?: Work, mishap: Mishap = {}): Promise<void> {
    const { board } = this.#state;
    if (work && !mishap.isResting) board.wait(Math.max(0, this.#state.dutyRestsUntilTicks - board.ticks));
    this.#work = work;
    this.#mishap = mishap;
    this.#look = undefined;
    if (mishap.isThrown) this.#state.dutyRestsUntilTicks = board.ticks + longestRestMilliseconds;
    await this.#runMain(cause, mishap.failure);
    const { request } = board;
    require(request !== undefined, "overslept", () => "the application ended and does not sleep");
    require(this.#watch !== undefined, "start-untold", () => "the meter was not begun");
    const mustBeLeft = mishap.failure !== undefined || mishap.isResting === true;
    const isLeft = this.#work !== undefined;
    require(mustBeLeft || !isLeft, "duty-undone", () => "a duty that is due was not done");
    require(!mustBeLeft || isLeft, "failure-ignored", () =>
      "work was done that a failure should have kept off");
    this.#requireTold(cause);
    this.#sleep(request as SleepRequest);
  }

  /** A start after which nothing is done but to look at the meter; the run is abandoned. */
  async look(cause: WakeCause, look?: Work): Promise<void> {
    this.#work = undefined;
    this.#look = (meter) => {
      look?.(meter);
      throw abandoned;
    };
    try {
      await this.#runMain(cause, undefined);
    } catch (error) {
      if (error === abandoned) return;
      throw error;
    }
    require(false, "start-untold", () => "the meter was not begun");
  }

  async #runMain(cause: WakeCause, failure: Failure | undefined): Promise<void> {
    const { board, ledger } = this.#state;
    board.wait(1);
    board.start(cause, failure);
    if (cause === "power-on" || resetCauses.includes(cause)) ledger.restarts++;
    this.#watch = undefined;
    attach = (meter) => {
      this.#attach(meter);
    };
    try {
      await main(board.hardware, this.#build);
    } finally {
      // What stopped the board counts, whatever the application makes of it.
      board.requireRunning();
    }
  }

  /** The register is known, and nothing has been done yet. */
  #attach(meter: Meter): void {
    this.#state.board.watch(() => {
      this.#checkRecovery(meter);
      this.#checkSettings(meter);
      this.#look?.(meter);
      this.#watch = new MeterWatch(this.#state, meter);
    });
  }

  #createWorker(meter: DutyMeter): Duty {
    const { board } = this.#state;
    const isDue = (): boolean => this.#work !== undefined;
    return {
      get isDue() {
        return isDue();
      },
      get nextTicks() {
        return isDue() ? board.ticks : Infinity;
      },
      run: async () => {
        await Promise.resolve();
        board.watch(() => {
          const work = this.#work;
          this.#work = undefined;
          work?.(wholeOf(meter));
        });
        if (this.#mishap.isThrown) throw new Error("the duty fails");
      },
    };
  }

  #checkRecovery({ metering: { forwardPulses, reversePulses } }: Meter): void {
    const { board, ledger, story } = this.#state;
    const cause = board.wakeCause;
    const read = board.partition("journal").bytesRead;
    ledger.worstRecoveryBytes = Math.max(ledger.worstRecoveryBytes, read);
    story?.(
      `start (${cause}): register ${forwardPulses} forward, ${reversePulses} reverse; ${read} bytes read`,
    );
    require(read <= mostRecoveryBytes, "unbounded-recovery", () => `recovery read ${read} bytes`);
    const found = { forward: forwardPulses, reverse: reversePulses };
    if (!ledger.expectedAtLoss) {
      ledger.afterReset(found);
      return;
    }
    const lost = ledger.afterPowerLoss(found);
    if (lost > 0) story?.(`${lost} pulses since the last checkpoint are gone`);
    require(lost <= this.#state.mostLossPulses, "loss-bound", () => `${lost} pulses were lost`);
  }

  /** What the meter works with is what was stored, wherever this start has it from. */
  #checkSettings({ settings }: Meter): void {
    const { ledger } = this.#state;
    const { metering, communication, valve, exercise } = settings;
    const values: Partial<Record<SettingName, number>> = {
      ...metering,
      ...communication,
      ...valve,
      ...exercise,
    };
    const found = new Map<number, number>();
    const see = (id: number, isStored: boolean): void => {
      const name = settingNamesById[id] as SettingName;
      const value = values[name] as number;
      // One that nobody has changed yet is the product's.
      if (isStored || value !== water.settings[name]) found.set(id, value);
    };
    for (const { id } of ledger.pendingSettings) see(id, ledger.settings.has(id));
    for (const id of ledger.settings.keys()) see(id, true);
    ledger.seeSettings(found);
  }

  /** A start that is no wake from sleep stands in the event log, after a storm when the wake behind it has ended. */
  #requireTold(cause: WakeCause): void {
    const state = this.#state;
    const watch = this.#watch;
    const reset = resetCauses.indexOf(cause) + 1;
    const start = reset > 0 ? ({ event: "reset", detail: reset } as const) : startOfPower;
    const hasSlept = cause !== "power-on" && reset === 0;
    const owed = hasSlept ? state.owedStart : start;
    const isTold = owed === undefined || watch?.hasTold(owed.event, owed.detail) === true;
    const mayOwe = !hasSlept && state.isStorm;
    require(isTold || mayOwe, "start-untold", () => `a start (${owed?.event}) is not in the event log`);
    state.owedStart = isTold || hasSlept ? undefined : owed;
    // A wake that had nothing to tell has not cleared the log either.
    if (hasSlept && watch?.hasToldAnything === true) state.isStorm = false;
    const hasFailed = this.#mishap.isThrown !== true || watch?.hasTold("duty-failed", workerPlace) === true;
    require(hasFailed, "silent-failure", () => "a duty that failed is not in the event log");
    watch?.requireFlashFaultTold();
  }

  /** How long it sleeps follows from what it has to record: no later than the interval's end, or the next checkpoint. */
  #sleep({ untilTicks, afterPulses, onServiceButton }: SleepRequest): void {
    const state = this.#state;
    const { ticks, hardware } = state.board;
    const { checkpointSeconds, checkpointMinimumSeconds, checkpointPulses, intervalSeconds } = provenSettings;
    const { epochMilliseconds, trust } = hardware.clock.wallTime;
    const period = intervalSeconds * 1000;
    // Without a date intervals end by the time since power came.
    const untilBoundary = period - ((trust === "unset" ? ticks : epochMilliseconds) % period);
    const longest = Math.min(checkpointSeconds * 1000, untilBoundary);
    // Of what it had to leave it knows only when it could have been done.
    const isWorkLeft = this.#work !== undefined && this.#mishap.isResting !== true;
    require(untilTicks <= (isWorkLeft ? ticks : ticks + longest), "overslept", () =>
      `at ${ticks} ms the meter wants to sleep until ${untilTicks} ms`);
    require(isWorkLeft || untilTicks > ticks, "restless", () =>
      `at ${ticks} ms something is due still that should have been done`);
    require(onServiceButton, "overslept", () => "no button wakes the meter");
    const isWaiting = state.ledger.isRefused || untilTicks <= ticks + checkpointMinimumSeconds * 1000;
    const unwritten = state.ledger.unwrittenPulses;
    const isCounting =
      unwritten < checkpointPulses && afterPulses > 0
        ? unwritten + afterPulses <= checkpointPulses
        : isWaiting;
    require(isCounting, "overslept", () =>
      `the meter sleeps through ${afterPulses} pulses with ${unwritten} that it has not written down`);
    state.untilTicks = untilTicks;
    state.afterPulses = afterPulses;
  }
}

/** What the firmware gives its duties is the meter. */
function wholeOf(meter: DutyMeter): Meter {
  if (meter instanceof Meter) return meter;
  throw new Error("duties are not given the meter itself");
}

const idleDuty: Duty = Object.freeze({
  isDue: false,
  nextTicks: Infinity,
  run: () => Promise.reject(new Error("a duty that is not due was run")),
});

/** Nothing under proof opens it. */
const NoModem = function (): never {
  throw new Error("nothing under proof opens the modem");
} as unknown as Build["Modem"];
