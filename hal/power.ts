/**
 * Why the application runs.
 * - `power-on`: the battery was connected; retained memory and the pulse input start from nothing.
 * - `timer`, `pulses`, `service`: a deep sleep ended as its `SleepRequest` asked; `service` is the button on the case, or
 *   the first edge on the service line, which pulls the button's line low through a diode.
 * - `brown-out`, `watchdog`, `software`: the chip was reset; the low-power domain kept its power.
 */
export type WakeCause = "power-on" | "timer" | "pulses" | "service" | "brown-out" | "watchdog" | "software";

export interface SleepRequest {
  /** The value of `Clock.ticks` at which to wake, in milliseconds. */
  readonly untilTicks: number;
  /** Wake once the pulse input has counted this many pulses, forward and reverse together; 0 for never. */
  readonly afterPulses: number;
  /** Wake when the service button is pressed or something comes in on the service line. */
  readonly onServiceButton: boolean;
}

/** The few bytes of low-power memory that keep their content in deep sleep and over a reset, not without power. */
export interface RetainedMemory {
  readonly byteLength: number;
  /** Copies the whole memory into `target`, which must be `byteLength` bytes long. */
  read(target: Uint8Array): void;
  /** Replaces the whole memory by `bytes`, which must be `byteLength` bytes long. */
  write(bytes: Uint8Array): void;
}

export interface Power {
  readonly wakeCause: WakeCause;
  /** Battery voltage under the present load, in millivolts; 0 when it can't be measured. */
  readonly batteryMillivolts: number;
  readonly retained: RetainedMemory;
  /** Called once when the supply falls below the warning level, with some milliseconds left. */
  onBrownOut: (() => void) | undefined;
  /**
   * Enters deep sleep. RAM is lost: the application starts anew at the next wake, so nothing after this call
   * may matter. A time in the past wakes at once.
   * @throws {RangeError} when a member of `request` is not a safe integer of at least 0.
   */
  sleep(request: SleepRequest): void;
  /** Restarts the chip at once; the next start has the wake cause `software`. */
  restart(): void;
}
