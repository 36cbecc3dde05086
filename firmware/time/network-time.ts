import type { Clock, TimeTrust } from "../../hal/clock.js";
import type { EventName } from "../events/event-names.js";

/** A clock that differs from network time by less than this is left alone: it would only jitter. */
const tolerableMilliseconds = 1000;

/** Corrections of less are the crystal's drift, not worth an entry in the event log. */
const notableSeconds = 10;

/** Whose clock it is. */
export interface TimedMeter {
  readonly hardware: { readonly clock: Clock };
  readonly metering: { setTime(epochMilliseconds: number, trust: TimeTrust): void };
  /** Writes an entry into the event log; false when the flash refuses. */
  note(event: EventName, detail: number): boolean;
}

/** The network's time, UTC in epoch milliseconds, and what it is if the modem's clock is not in the time it should be in. */
export interface GivenTime {
  readonly epochMilliseconds: number;
  readonly otherMilliseconds: number | undefined;
}

/**
 * Takes over the network's time, which is believed; small differences are left, so that intervals don't jitter. Where it
 * has two meanings, the one that is nearer to what the meter knows is the true one; a meter without a date takes what the
 * standard says, as an estimate.
 */
export function adoptNetworkTime(meter: TimedMeter, given: GivenTime): void {
  const { clock } = meter.hardware;
  const { epochMilliseconds, trust } = clock.wallTime;
  const networkMilliseconds = trust === "unset" ? given.epochMilliseconds : nearest(given, epochMilliseconds);
  const isSure = given.otherMilliseconds === undefined || trust === "network";
  const offMilliseconds = networkMilliseconds - epochMilliseconds;
  if (trust === "network" && Math.abs(offMilliseconds) <= tolerableMilliseconds) return;
  meter.metering.setTime(networkMilliseconds, isSure ? "network" : "estimated");
  const offSeconds = trust === "unset" ? undefined : Math.round(offMilliseconds / 1000);
  if (offSeconds === undefined || Math.abs(offSeconds) >= notableSeconds)
    meter.note("time-set", offSeconds ?? 0);
}

function nearest({ epochMilliseconds, otherMilliseconds }: GivenTime, known: number): number {
  if (otherMilliseconds === undefined) return epochMilliseconds;
  const isOther = Math.abs(otherMilliseconds - known) < Math.abs(epochMilliseconds - known);
  return isOther ? otherMilliseconds : epochMilliseconds;
}
