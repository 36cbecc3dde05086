import type { TimerHandle, TimeTrust } from "../../hal/clock.js";
import type { Failure } from "../../hal/failure.js";
import type { Hardware } from "../../hal/hardware.js";
import type { SleepRequest, WakeCause } from "../../hal/power.js";
import { retainedByteLength } from "../chip/boundary/port.js";
import { FaultyFlash, type FlashChange } from "../world/flash/faulty-flash.js";
import { createProofHardware, type ProofChip } from "./proof-hardware.js";

/**
 * The partitions of a meter, each as small as its log allows (two sectors to a ring, three for the settings), so
 * that every ring goes round within a workload. That of failures is left out: nothing else hangs on it.
 */
export const proofPartitions = Object.freeze([
  { label: "journal", sectors: 8 },
  { label: "intervals", sectors: 4 },
  { label: "days", sectors: 4 },
  { label: "months", sectors: 4 },
  { label: "events", sectors: 4 },
  { label: "delivery", sectors: 4 },
  { label: "settings", sectors: 6 },
] as const);
export type PartitionLabel = (typeof proofPartitions)[number]["label"];

const sectorByteLength = 4096;
/** 2026-01-01T00:00:00Z. */
const firstEpochMilliseconds = 1_767_225_600_000;
const healthyMillivolts = 3600;

interface PendingTimer {
  readonly handle: TimerHandle;
  readonly atTicks: number;
  readonly callback: () => void;
}

/** A chip whose whole state can be copied in a moment, with the hardware that the firmware gets. */
export class ProofBoard implements ProofChip {
  readonly partitions: readonly FaultyFlash[];
  readonly hardware: Hardware;
  readonly retained = new Uint8Array(retainedByteLength);
  /** True time, UTC. */
  epochMilliseconds = firstEpochMilliseconds;
  batteryMillivolts = healthyMillivolts;
  ticks = 0;
  /** The wall clock as the chip carries it. */
  wallMinusTicks = 0;
  trust: TimeTrust = "unset";
  inputForward = 0;
  inputReverse = 0;
  wakeCause: WakeCause = "power-on";
  /** What ended the run before this one, as the application is told. */
  failure: Failure | undefined;
  /** How the application went to sleep; undefined until it did. */
  request: SleepRequest | undefined;
  #timers: PendingTimer[] = [];
  #lastHandle = 0;
  #hasStopped = false;
  #reason: unknown;

  constructor() {
    this.partitions = proofPartitions.map(
      ({ label, sectors }) =>
        new FaultyFlash(label, { byteLength: sectors * sectorByteLength, sectorByteLength }),
    );
    this.hardware = createProofHardware(this);
  }

  /** Called before every program and erase of any partition. */
  set onChange(onChange: ((change: FlashChange) => void) | undefined) {
    for (const partition of this.partitions) partition.onChange = onChange;
  }

  /** @throws {Error} when the chip has none of that label. */
  partition(label: string): FaultyFlash {
    for (const partition of this.partitions) if (partition.label === label) return partition;
    throw new Error(`the chip has no partition "${label}"`);
  }

  /** The application starts. */
  start(wakeCause: WakeCause, failure: Failure | undefined): void {
    this.wakeCause = wakeCause;
    this.failure = failure;
    this.request = undefined;
    this.hardware.power.onBrownOut = undefined;
    this.#timers = [];
    this.#hasStopped = false;
    this.#reason = undefined;
    for (const partition of this.partitions) {
      partition.noteStart();
      partition.bytesRead = 0;
    }
  }

  /**
   * The application gets no further: whatever it asks of the chip from here on ends with the same reason, for it may
   * catch the first. Returns the reason of the first stop.
   */
  stop(reason: unknown): unknown {
    if (!this.#hasStopped) this.#reason = reason;
    this.#hasStopped = true;
    return this.#reason;
  }

  /** True from a stop until the next start. */
  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  /** @throws the reason, once the application has been stopped. */
  requireRunning(): void {
    if (this.#hasStopped) throw this.#reason;
  }

  /** Calls `action`; what it throws stops the application. */
  watch<Result>(action: () => Result): Result {
    this.requireRunning();
    try {
      return action();
    } catch (error) {
      throw this.stop(error);
    }
  }

  setTimer(callback: () => void, delayMilliseconds: number): TimerHandle {
    this.requireRunning();
    const handle = ++this.#lastHandle;
    this.#timers.push({ handle, atTicks: this.ticks + delayMilliseconds, callback });
    return handle;
  }

  clearTimer(handle: TimerHandle): void {
    this.#timers = this.#timers.filter((timer) => timer.handle !== handle);
  }

  /** Lets time pass. */
  wait(milliseconds: number): void {
    this.ticks += milliseconds;
    this.epochMilliseconds += milliseconds;
  }

  /** Lets time pass in the middle of a run, with the timers that come due meanwhile. */
  waitAwake(milliseconds: number): void {
    const end = this.ticks + milliseconds;
    for (;;) {
      const due = this.#timers.filter(({ atTicks }) => atTicks <= end);
      const [next] = due.sort((one, other) => one.atTicks - other.atTicks);
      if (!next) break;
      this.clearTimer(next.handle);
      this.wait(next.atTicks - this.ticks);
      next.callback();
    }
    this.wait(end - this.ticks);
  }

  passPulses(forward: number, reverse: number): void {
    this.inputForward = (this.inputForward + forward) >>> 0;
    this.inputReverse = (this.inputReverse + reverse) >>> 0;
  }

  /**
   * The battery is taken out and put back a while later: only flash keeps what it holds, and the retained memory
   * if the cells are lucky.
   */
  losePower(keepsRetained: boolean): void {
    this.epochMilliseconds += 60_000;
    this.ticks = 0;
    this.wallMinusTicks = 0;
    this.trust = "unset";
    this.inputForward = 0;
    this.inputReverse = 0;
    if (!keepsRetained) this.damageRetained();
  }

  /** The retained memory holds what nobody has written. */
  damageRetained(): void {
    for (let index = 0; index < this.retained.length; index++)
      this.retained[index] = (index * 197 + 89) & 0xff;
  }

  copyFrom(other: ProofBoard): void {
    this.partitions.forEach((partition, index) => {
      partition.copyFrom(other.partitions[index] as FaultyFlash);
    });
    this.retained.set(other.retained);
    this.epochMilliseconds = other.epochMilliseconds;
    this.batteryMillivolts = other.batteryMillivolts;
    this.ticks = other.ticks;
    this.wallMinusTicks = other.wallMinusTicks;
    this.trust = other.trust;
    this.inputForward = other.inputForward;
    this.inputReverse = other.inputReverse;
  }
}
