import type { Range } from "../network/network-conditions.js";

/** Every timing and every quirk of the modem in one place. Odds run from 0 to 1. */
export interface ModemBehaviour {
  /** Odds that an unsolicited line waits for the next response and sticks to it, behind `OK` or inside. */
  readonly glueOdds: number;
  /** How long such a line waits before it comes out alone. */
  readonly glueHoldMilliseconds: Range;
  /** Odds, taken again for each piece, that what is waiting to be put out is split at a random character. */
  readonly splitOdds: number;
  /** The pause between two pieces of a split. */
  readonly splitPauseMilliseconds: Range;
  /** Odds that an unsolicited line never comes out. */
  readonly unsolicitedLossOdds: number;
  /** Odds that the line about a received datagram comes late, and by how much. */
  readonly lateReceiveOdds: number;
  readonly lateReceiveMilliseconds: Range;
  /** Whether the line about a received datagram tells its length (firmware versions differ). */
  readonly tellsReceivedLength: boolean;
  /**
   * What `+CCLK` shows before the zone: local time, as 3GPP TS 27.007, 8.15 has it, or UTC. Parts of either kind are
   * in the field.
   */
  readonly clockTells: "local-time" | "utc";
  /** Odds, per start and per wake from deep sleep, that the SIM is not seen until the next restart. */
  readonly simErrorOdds: number;
  /** Odds that a datagram is not sent, with `SEND FAIL`. */
  readonly sendFailOdds: number;
  /** Odds, per command, that the modem falls silent for good. */
  readonly freezeOdds: number;
  /** From a command's end to its response. */
  readonly responseMilliseconds: Range;
  /** From the power key or the end of a reset to `RDY`. */
  readonly bootMilliseconds: Range;
  /** From an edge on RXD in deep sleep to a UART that listens. */
  readonly deepWakeMilliseconds: Range;
  /** The same in light sleep. */
  readonly lightWakeMilliseconds: Range;
  /** Light sleep begins after this much silence on the UART, outside a connection. */
  readonly lightSleepSeconds: number;
}

/**
 * A healthy modem with its usual bad manners. One device in 400 a week loses its SIM (seen in the field), at
 * about one wake a day.
 */
export const defaultModemBehaviour: ModemBehaviour = Object.freeze({
  glueOdds: 0.3,
  glueHoldMilliseconds: Object.freeze({ low: 50, high: 500 }),
  splitOdds: 0.5,
  splitPauseMilliseconds: Object.freeze({ low: 0, high: 15 }),
  unsolicitedLossOdds: 0.002,
  lateReceiveOdds: 0.05,
  lateReceiveMilliseconds: Object.freeze({ low: 500, high: 5_000 }),
  tellsReceivedLength: false,
  clockTells: "local-time",
  simErrorOdds: 0.0004,
  sendFailOdds: 0.005,
  freezeOdds: 0,
  responseMilliseconds: Object.freeze({ low: 5, high: 40 }),
  bootMilliseconds: Object.freeze({ low: 250, high: 450 }),
  deepWakeMilliseconds: Object.freeze({ low: 800, high: 1_200 }),
  lightWakeMilliseconds: Object.freeze({ low: 10, high: 50 }),
  lightSleepSeconds: 10,
});
