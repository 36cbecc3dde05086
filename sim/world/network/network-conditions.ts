/** Bounds of a random quantity, both included. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A time without any service, in seconds of virtual time since the run began. */
export interface Outage {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export interface Signal {
  /** Narrowband reference signal received power (NRSRP), dBm. */
  readonly powerDbm: number;
  /** Signal to noise and interference, dB. */
  readonly noiseRatioDb: number;
  /** Coverage enhancement level: 0 good (144 dB coupling loss), 1 fair (154 dB), 2 poor (164 dB). */
  readonly coverageLevel: 0 | 1 | 2;
}

/** Everything that is uncertain about the mobile network and the internet behind it. Odds run from 0 to 1. */
export interface NetworkConditions {
  /**
   * From the modem's antenna to the head-end. Draws crowd at the lower end (a squared uniform), so most
   * datagrams are quick, a few are slow, and the slow ones are overtaken: that is where reordering comes from.
   */
  readonly uplinkMilliseconds: Range;
  /** From the head-end to the modem, likewise. */
  readonly downlinkMilliseconds: Range;
  readonly uplinkLossOdds: number;
  readonly downlinkLossOdds: number;
  /** Odds that a datagram, in either direction, arrives twice. */
  readonly duplicationOdds: number;
  /** From the start of the search to the end of a full attach. */
  readonly attachSeconds: Range;
  /** From waking to being registered again, where the network still knows the modem. */
  readonly resumeSeconds: Range;
  readonly outages: readonly Outage[];
  /** T3324 the network grants; undefined to grant what the modem asks for. */
  readonly grantedActiveSeconds: number | undefined;
  /** T3412 the network grants; undefined to grant what the modem asks for. */
  readonly grantedPeriodicUpdateSeconds: number | undefined;
  /** EMM cause (3GPP TS 24.301, 9.9.3.9) with which every registration is refused; undefined to accept. */
  readonly rejectCause: number | undefined;
  /** Whether the network tells the time at an attach (NITZ). */
  readonly givesTime: boolean;
  /** Local time minus UTC, in quarters of an hour. */
  readonly timeZoneQuarterHours: number;
  readonly signal: Signal;
  /** The network releases a silent connection after this long, unless the modem assisted its release. */
  readonly connectedTailSeconds: number;
  /** Datagrams the network keeps for one sleeping modem; further ones are lost. */
  readonly sleepBufferDatagrams: number;
  /** How long it keeps them. */
  readonly sleepBufferSeconds: number;
  /** The address translation forgets a flow that has been silent for this long. */
  readonly translationTimeoutSeconds: number;
}

/** A normal day in fair coverage: round trips of 1.5 to 10 s. */
export const defaultNetworkConditions: NetworkConditions = Object.freeze({
  uplinkMilliseconds: Object.freeze({ low: 750, high: 5_000 }),
  downlinkMilliseconds: Object.freeze({ low: 750, high: 5_000 }),
  uplinkLossOdds: 0.01,
  downlinkLossOdds: 0.01,
  duplicationOdds: 0.005,
  attachSeconds: Object.freeze({ low: 2, high: 30 }),
  resumeSeconds: Object.freeze({ low: 1, high: 3 }),
  outages: Object.freeze([]),
  grantedActiveSeconds: undefined,
  grantedPeriodicUpdateSeconds: undefined,
  rejectCause: undefined,
  givesTime: true,
  timeZoneQuarterHours: 0,
  signal: Object.freeze({ powerDbm: -95, noiseRatioDb: 8, coverageLevel: 0 }),
  connectedTailSeconds: 20,
  sleepBufferDatagrams: 4,
  sleepBufferSeconds: 600,
  translationTimeoutSeconds: 300,
});

/** @throws {RangeError} when an odd is not within 0 to 1 or a range is negative or upside down. */
export function requireConditions(conditions: NetworkConditions): void {
  for (const name of ["uplinkLossOdds", "downlinkLossOdds", "duplicationOdds"] as const) {
    const odds = conditions[name];
    if (!(odds >= 0 && odds <= 1)) throw new RangeError(`${name} must be from 0 to 1`);
  }
  for (const name of [
    "uplinkMilliseconds",
    "downlinkMilliseconds",
    "attachSeconds",
    "resumeSeconds",
  ] as const) {
    const { low, high } = conditions[name];
    if (!(low >= 0 && high >= low)) throw new RangeError(`${name} must have 0 <= low <= high`);
  }
  for (const { fromSeconds, toSeconds } of conditions.outages)
    if (!(toSeconds > fromSeconds)) throw new RangeError("an outage must end after it begins");
}
