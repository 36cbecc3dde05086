import { daySeconds } from "../../hal/base/time-units.js";
import type { WakeCause } from "../../hal/power.js";
import { Metering } from "../../firmware/legal/metering.js";
import type { MeterRecord } from "../../firmware/legal/register/meter-record.js";
import { DeliveryLog } from "../../firmware/uplink/delivery-log.js";
import type { MeteringSettings } from "../../firmware/settings/setting-table.js";
import { buildSettings } from "../../firmware/settings/settings.js";
import { SettingsStore } from "../../firmware/settings/settings-store.js";
import { water } from "../../firmware/products/water.js";
import { MeteringMemory } from "../../firmware/legal/retained/metering-memory.js";
import type { LogStorage } from "../../firmware/legal/rings/log-storage.js";
import { SettingsMemory } from "../../firmware/settings/settings-memory.js";
import { RetainedSlices } from "../../firmware/storage/retained-slices.js";
import { require } from "./invariant.js";
import type { MeterState } from "./meter-state.js";
import type { StoredEntry, StoredLog } from "./stored-log.js";
import { WatchedEventLog } from "./watched-event-log.js";

/** The water meter's own, with the shortest intervals. */
export const provenSettings: MeteringSettings = {
  ...buildSettings(water, new Map()).metering,
  intervalSeconds: 3600,
};

/**
 * Bytes that a start reads at most until the register is known: of each of the eight sectors the header twice, and
 * of each bank two sectors twice; a sector whose header stands alone costs nothing more.
 */
export const mostRecoveryBytes = 8 * 2 * 32 + 2 * 3 * 2 * 4096;

/** A meter's very first interval value must not be later than this. */
const punctualSeconds = 60;
const resetCauses: readonly WakeCause[] = Object.freeze(["brown-out", "watchdog", "software"]);

/** The application during one run: what it has opened. */
export interface OpenMeter {
  readonly metering: Metering;
  readonly retained: RetainedSlices;
  readonly memory: MeteringMemory;
  readonly settingsMemory: SettingsMemory;
  readonly events: WatchedEventLog;
}

/**
 * Runs the firmware's own metering and storage as `firmware/meter.ts` does, with the ledger beside it. Every call
 * either returns, or ends with an exception from the flash: a cut.
 */
export class ProofMeter {
  readonly #state: MeterState;

  constructor(state: MeterState) {
    this.#state = state;
  }

  /** One run from wake to sleep; `work` is done in the middle of it. */
  run(cause: WakeCause, work?: (meter: OpenMeter) => void): void {
    const meter = this.#start(cause);
    this.#record(meter);
    this.#noteStart(meter, cause);
    work?.(meter);
    this.#record(meter);
    this.#noteFailures(meter);
    meter.metering.close();
    meter.retained.save();
    this.#state.untilTicks = meter.metering.nextDueTicks;
    this.#state.afterPulses = meter.metering.nextDuePulses;
  }

  /** A start after which nothing else is done; the run is abandoned. */
  look(cause: WakeCause): OpenMeter {
    return this.#start(cause);
  }

  /** Stores a checkpoint, in the way that `store` does, and holds the meter to it. */
  checkpoint(
    { metering }: OpenMeter,
    store: (metering: Metering) => boolean = (each) => each.checkpoint("before-radio"),
  ): void {
    this.#state.board.wait(1);
    const isStored = store(metering);
    require(isStored || !this.#state.isFlashHealthy, "store-refused", () => "a checkpoint was refused");
    this.#noteCheckpoint(isStored);
  }

  /** Stores what was counted since the last checkpoint, before somebody is told of it. */
  commit({ metering, memory }: OpenMeter): void {
    this.#state.board.wait(1);
    metering.commit("before-radio");
    require(!memory.isJournalFailing || !this.#state.isFlashHealthy, "store-refused", () =>
      "a checkpoint was refused");
    this.#noteCheckpoint(!memory.isJournalFailing);
  }

  /** Takes the date from the network. */
  setTime(meter: OpenMeter): void {
    const { board } = this.#state;
    const { clock } = board.hardware;
    const wasSet = clock.wallTime.trust !== "unset";
    clock.setWallTime(board.epochMilliseconds, "network");
    if (!wasSet) this.note(meter.events, "time-set", 0);
    this.#record(meter);
  }

  note(events: WatchedEventLog, event: Parameters<WatchedEventLog["append"]>[0], detail: number): void {
    const { epochMilliseconds, trust } = this.#state.board.hardware.clock.wallTime;
    const isStored = events.append(
      event,
      detail,
      trust === "unset" ? 0 : Math.floor(epochMilliseconds / 1000),
    );
    require(isStored || !this.#state.isFlashHealthy, "store-refused", () => `event ${event} was refused`);
  }

  openDelivery({ retained }: OpenMeter): DeliveryLog {
    const delivery = new DeliveryLog(this.#storage(retained));
    const { intervalSequence, forwardPulses, reversePulses } = delivery.watermark;
    this.#state.ledger.seeWatermark({ intervalSequence, forward: forwardPulses, reverse: reversePulses });
    return delivery;
  }

  /** As in a run that has slept, where one is given; otherwise as in a start of its own. */
  openSettings(meter?: OpenMeter): SettingsStore {
    const store = new SettingsStore(this.#storage(meter?.retained));
    this.#state.ledger.seeSettings(store.overrides);
    return store;
  }

  /** Without `retained` the logs have to be searched. */
  #storage(retained?: RetainedSlices): LogStorage {
    const { board } = this.#state;
    return {
      openPartition: (log) => board.partition(log),
      positions: (log) => retained?.positions(log),
      get mayEraseAhead() {
        return board.batteryMillivolts >= provenSettings.eraseAheadMillivolts;
      },
    };
  }

  #start(cause: WakeCause): OpenMeter {
    const { board, ledger } = this.#state;
    board.wakeCause = cause;
    board.wait(1);
    board.forgetReads();
    board.noteStart();
    if (cause === "power-on" || resetCauses.includes(cause)) ledger.restarts++;
    const { clock, power, input, crypto } = board.hardware;
    const retained = new RetainedSlices(power.retained, cause);
    const settingsMemory = new SettingsMemory(retained);
    const storage = this.#storage(retained);
    const events = new WatchedEventLog(ledger, storage, { crypto });
    const metering = new Metering({
      input,
      storage,
      clock,
      power,
      retained,
      settings: provenSettings,
      events,
      calibrationEpoch: settingsMemory.calibrationEpoch,
    });
    this.#checkRecovery(metering, cause);
    return { metering, retained, memory: new MeteringMemory(retained), settingsMemory, events };
  }

  #checkRecovery({ forwardPulses, reversePulses }: Metering, cause: WakeCause): void {
    const { board, ledger, story } = this.#state;
    const read = board.bytesRead;
    ledger.worstRecoveryBytes = Math.max(ledger.worstRecoveryBytes, read);
    story?.(
      `start (${cause}): register ${forwardPulses} forward, ${reversePulses} reverse; ${read} bytes read`,
    );
    require(read <= mostRecoveryBytes, "unbounded-recovery", () => `recovery read ${read} bytes`);
    const found = { forward: forwardPulses, reverse: reversePulses };
    if (cause !== "power-on") {
      ledger.afterReset(found);
      return;
    }
    const lost = ledger.afterPowerLoss(found);
    if (lost > 0) story?.(`${lost} pulses since the last checkpoint are gone`);
    require(lost <= this.#state.mostLossPulses, "loss-bound", () => `${lost} pulses were lost`);
  }

  /** What `recordWhatIsDue` stores is known by what the meter shows afterwards. */
  #record(meter: OpenMeter): void {
    const { board, ledger } = this.#state;
    const { metering, memory } = meter;
    board.wait(1);
    const boundary = this.#boundarySeconds;
    const isNewBoundary = boundary !== undefined && memory.intervalEpochSeconds < boundary;
    if (isNewBoundary) this.#attempt(boundary);
    metering.recordWhatIsDue();
    if (memory.checkpointTicks === board.ticks) this.#noteCheckpoint(!memory.isJournalFailing);
    if (!isNewBoundary) return;
    const { intervals, days, months, restarts } = ledger;
    const isDue = this.#isIntervalDue(boundary);
    see(intervals, metering.intervalsFrom(intervals.lastSequence + 1, 10), restarts);
    see(days, metering.daysFrom(days.lastSequence + 1, 10), restarts);
    see(months, metering.monthsFrom(months.lastSequence + 1, 10), restarts);
    if (isDue) this.#requireTold(meter, intervals.last?.moment === boundary);
  }

  #isIntervalDue(boundary: number): boolean {
    const last = this.#state.ledger.intervals.last?.moment;
    const now = Math.floor(this.#state.board.hardware.clock.wallTime.epochMilliseconds / 1000);
    return last === undefined ? now - boundary <= punctualSeconds : boundary > last;
  }

  /** An interval that was due is stored, or the meter knows of the failure. */
  #requireTold({ metering }: OpenMeter, isStored: boolean): void {
    require(isStored || !this.#state.isFlashHealthy, "store-refused", () => "an interval was refused");
    require(isStored || metering.flashFailures > 0, "silent-failure", () =>
      "an interval was lost in silence");
  }

  /** The interval's end that has been reached; undefined without a date. */
  get #boundarySeconds(): number | undefined {
    const { epochMilliseconds, trust } = this.#state.board.hardware.clock.wallTime;
    if (trust === "unset") return undefined;
    const now = Math.floor(epochMilliseconds / 1000);
    return now - (now % provenSettings.intervalSeconds);
  }

  #attempt(boundary: number): void {
    const { expected, intervals, days, months } = this.#state.ledger;
    const midnight = boundary - (boundary % daySeconds);
    intervals.attempt(valueContent(boundary, expected.forward, expected.reverse));
    days.attempt(valueContent(midnight, expected.forward, expected.reverse));
    months.attempt(valueContent(midnight, expected.forward, expected.reverse));
  }

  #noteCheckpoint(isStored: boolean): void {
    const { ledger, story, board } = this.#state;
    if (!isStored) {
      ledger.isRefused = true;
      story?.("a checkpoint was refused");
      return;
    }
    ledger.commit();
    const { forward, reverse } = ledger.expected;
    story?.(`checkpoint at ${board.ticks} ms: ${forward} forward, ${reverse} reverse`);
  }

  #noteStart({ events }: OpenMeter, cause: WakeCause): void {
    const reset = resetCauses.indexOf(cause) + 1;
    if (cause === "power-on") this.note(events, "power-on", 0);
    if (reset > 0) this.note(events, "reset", reset);
  }

  #noteFailures({ metering, events }: OpenMeter): void {
    const failures = metering.flashFailures + events.failures;
    if (failures > 0) this.note(events, "flash-fault", failures);
  }
}

export function valueContent(epochSeconds: number, forward: number, reverse: number): string {
  return `${forward} forward, ${reverse} reverse at ${epochSeconds}`;
}

export function valueEntryOf({
  sequence,
  epochSeconds,
  forwardPulses,
  reversePulses,
}: MeterRecord): StoredEntry {
  const content = valueContent(epochSeconds, forwardPulses, reversePulses);
  return { sequence, content, moment: epochSeconds };
}

function see(log: StoredLog, records: readonly MeterRecord[], restarts: number): void {
  for (const record of records) log.see(valueEntryOf(record), restarts);
  log.settle();
}
