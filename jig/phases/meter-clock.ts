import type { MeterClient } from "../meter/meter-client.js";
import type { ClockReference } from "./phase-context.js";

/**
 * Reads the meter's clock once more. Of two readings the one that was less delayed on its way counts: a delay can only
 * make the meter's clock look slow, so the least of many is close to none.
 */
export async function readClock(
  meter: MeterClient,
  best: ClockReference | undefined,
): Promise<ClockReference> {
  const { result, atMilliseconds } = await meter.request("identify", {});
  const { uptimeMilliseconds } = result;
  const reading = { uptimeMilliseconds, atMilliseconds };
  return best && delayOf(best) <= delayOf(reading) ? best : reading;
}

/** Up to a constant. */
function delayOf({ uptimeMilliseconds, atMilliseconds }: ClockReference): number {
  return atMilliseconds - uptimeMilliseconds;
}
