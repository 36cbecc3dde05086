import { parseUniversalTime } from "../at/network-time.js";
import type { ModemTime } from "../modem.js";

/** Between the network's word for the time and the modem's, which both tell whole seconds, and may come late. */
const agreeMilliseconds = 5000;

/** What the network has said of the time while somebody listened, which is UTC beyond doubt. */
export class AnnouncedTime {
  #epochMilliseconds: number | undefined;
  #ticks = 0;

  /** Takes a line `+CTZEU: …`. */
  hear(line: string, ticks: number): void {
    const epochMilliseconds = parseUniversalTime(line);
    // A zone alone, or one in pieces, is no news of the time.
    if (epochMilliseconds === undefined) return;
    this.#epochMilliseconds = epochMilliseconds;
    this.#ticks = ticks;
  }

  /** What the modem's clock shows, made sure of; undefined where it agrees in none of its meanings: then one of them is wrong. */
  confirm(shown: ModemTime, ticks: number): ModemTime | undefined {
    if (this.#epochMilliseconds === undefined) return shown;
    const epochMilliseconds = this.#epochMilliseconds + ticks - this.#ticks;
    const { epochMilliseconds: meant, otherMilliseconds: other } = shown;
    const isMeant = Math.abs(meant - epochMilliseconds) < agreeMilliseconds;
    const isOther = other !== undefined && Math.abs(other - epochMilliseconds) < agreeMilliseconds;
    return isMeant || isOther ? { epochMilliseconds, otherMilliseconds: undefined } : undefined;
  }
}
