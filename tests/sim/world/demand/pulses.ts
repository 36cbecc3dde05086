import type { Pulse, PulseSource } from "../../../../sim/world/demand/pulse-source.js";

/** The pulses of a source up to a time since the start. */
export function pulsesUntil(source: PulseSource, seconds: number): Pulse[] {
  const pulses: Pulse[] = [];
  for (let pulse = source.next(); pulse && pulse.atMicroseconds <= seconds * 1e6; pulse = source.next())
    pulses.push(pulse);
  return pulses;
}
