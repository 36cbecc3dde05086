import type { Clock } from "../../hal/clock.js";
import type { EventName } from "../events/event-names.js";

/** A clock that differs from network time by less than this is left alone: it would only jitter. */
const tolerableMilliseconds = 1000;

/** Corrections of less are the crystal's drift, not worth an entry in the event log. */
const notableSeconds = 10;

/** Whose clock it is. */
export interface TimedMeter {
  readonly hardware: { readonly clock: Clock };
  readonly metering: { recordWhatIsDue(): void };
  /** Writes an entry into the event log; false when the flash refuses. */
  note(event: EventName, detail: number): boolean;
}

/**
 * Takes over the network's time, which is believed; small differences are left, so that intervals don't jitter.
 * @param networkMilliseconds UTC epoch
 */
export function adoptNetworkTime(meter: TimedMeter, networkMilliseconds: number): void {
  const { clock } = meter.hardware;
  const { epochMilliseconds, trust } = clock.wallTime;
  const offMilliseconds = networkMilliseconds - epochMilliseconds;
  if (trust === "network" && Math.abs(offMilliseconds) <= tolerableMilliseconds) return;
  clock.setWallTime(networkMilliseconds, "network");
  meter.metering.recordWhatIsDue();
  const offSeconds = trust === "unset" ? undefined : Math.round(offMilliseconds / 1000);
  if (offSeconds === undefined || Math.abs(offSeconds) >= notableSeconds)
    meter.note("time-set", offSeconds ?? 0);
}
