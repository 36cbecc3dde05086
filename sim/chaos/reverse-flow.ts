import type { Pulse, PulseSource } from "../world/demand/pulse-source.js";
import type { ReverseEpisode } from "./planned-fault.js";

/** Reverse pulses come this far apart, and as far from those before and after. */
const pulseSpacingMicroseconds = 1_700_000;

/** A source's pulses with reverse flow in the lulls: each episode waits for the first one that is long enough. */
export class ReverseFlow implements PulseSource {
  readonly startEpochSeconds: number | undefined;
  readonly durationSeconds: number | undefined;
  #source: PulseSource;
  /** In order of time. */
  #episodes: readonly ReverseEpisode[];
  #nextEpisode = 0;
  #pending: Pulse[] = [];
  #ahead: Pulse | undefined;
  #lastMicroseconds = 0;

  constructor(source: PulseSource, episodes: readonly ReverseEpisode[]) {
    this.startEpochSeconds = source.startEpochSeconds;
    this.durationSeconds = source.durationSeconds;
    this.#source = source;
    this.#episodes = episodes;
    this.#ahead = source.next();
  }

  next(): Pulse | undefined {
    if (this.#pending.length === 0) this.#fillLull();
    let pulse = this.#pending.shift();
    if (!pulse) {
      pulse = this.#ahead;
      this.#ahead = this.#source.next();
    }
    if (pulse) this.#lastMicroseconds = pulse.atMicroseconds;
    return pulse;
  }

  /** Puts the episode that is due before the source's next pulse, if there is room. */
  #fillLull(): void {
    const episode = this.#episodes[this.#nextEpisode];
    if (!episode) return;
    const begin = Math.max(this.#lastMicroseconds, Math.round(episode.atSeconds * 1e6));
    const end = begin + (episode.pulses + 1) * pulseSpacingMicroseconds;
    if (end > (this.#ahead?.atMicroseconds ?? Infinity)) return;
    this.#nextEpisode++;
    for (let pulse = 1; pulse <= episode.pulses; pulse++)
      this.#pending.push({ atMicroseconds: begin + pulse * pulseSpacingMicroseconds, direction: -1 });
  }
}
