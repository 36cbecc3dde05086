import { dayMilliseconds, daySeconds } from "../../../hal/base/time-units.js";
import type { Clock } from "../../../hal/clock.js";
import type { CommunicationSettings } from "../../settings/setting-table.js";
import { crcOfText } from "../../settings/settings-memory.js";
import { narrowbandTransmission } from "../../wire/coap/transmission.js";
import type { ContactPatience } from "../../uplink/session.js";
import type { DutyMeter } from "../duty.js";
import type { ContactMemory } from "./contact-memory.js";

/** A modem that searches and a chip that waits for it draw some 70 mA: 4 mAh a day. */
const searchMilliseconds = 200_000;
/** A good network takes up to 30 s. */
const leastSearchMilliseconds = 40_000;

/** An acknowledgement that has not come by then is not coming, and a contact has other requests to make. */
const longestExchangeSeconds = 300;
/** Of a day. */
const resetAttempt = 3;

const mostFailedDays = 0xff;
/** Of the retries of a day. */
const mostHalvings = 31;

/** What the schedule asks of the meter. */
export type ScheduledMeter = Pick<DutyMeter, "serialNumberCrc"> & {
  readonly hardware: Pick<DutyMeter["hardware"], "clock" | "crypto">;
  readonly settings: Pick<DutyMeter["settings"], "communication">;
};

/**
 * When to contact the head-end: soon after the battery was connected, then daily at a moment of this device's
 * own (a day after the last one while it knows no date), and after a failure again with growing, scattered pauses,
 * so that a district that lost its network or its head-end does not come back all at once.
 */
export class ContactSchedule {
  #meter: ScheduledMeter;
  #memory: ContactMemory;
  #beganDay: number | undefined;

  constructor(meter: ScheduledMeter, memory: ContactMemory) {
    this.#meter = meter;
    this.#memory = memory;
    const hasNoMoment = this.#memory.ticks === 0 && this.clock.wallTime.trust === "unset";
    if (!this.#memory.wasValid || hasNoMoment)
      this.contactIn(this.settings.startSpreadSeconds * 1000 * this.fraction());
  }

  get isDue(): boolean {
    return this.clock.ticks >= this.nextTicks;
  }

  /** Ticks of the next contact. */
  get nextTicks(): number {
    const { ticks, reportDay } = this.#memory;
    if (ticks > 0) return ticks;
    const { clock, today } = this;
    const { epochMilliseconds } = clock.wallTime;
    // A day that was noted by a clock that has been put right since holds up nothing.
    const nextDay = Math.max(Math.min(reportDay, today) + 1, today);
    const dueEpoch =
      nextDay * dayMilliseconds + secondOfDay(this.#meter.serialNumberCrc, this.settings) * 1000;
    return clock.ticks + Math.max(0, dueEpoch - epochMilliseconds);
  }

  /**
   * Books the contact that is about to start as failed, retry and all: if the application does not survive
   * it, the pause before the next one is kept nonetheless.
   */
  begin(): ContactPatience {
    const memory = this.#memory;
    const { retriesPerDay, retrySeconds } = this.settings;
    // Where it failed all day it will fail tomorrow: half as often each day, down to the daily contact alone.
    const retries = retriesPerDay >> Math.min(memory.failedDays, mostHalvings);
    this.#beganDay = this.clock.wallTime.trust === "unset" ? undefined : this.today;
    const attempt = ++memory.attempts;
    const patience = this.patience(attempt, retries);
    if (attempt <= retries) {
      const pause = Math.min(dayMilliseconds, retrySeconds * 1000 * 2 ** (attempt - 1));
      this.contactIn(pause * (0.5 + this.fraction()));
      return patience;
    }
    // Enough for today. Without a date there is no daily moment, so the pause itself is a day's, scattered.
    memory.attempts = 0;
    memory.failedDays = Math.min(mostFailedDays, memory.failedDays + 1);
    memory.ticks = 0;
    memory.reportDay = this.today;
    if (this.clock.wallTime.trust === "unset") this.contactIn(dayMilliseconds * (1 + this.fraction() / 2));
    return patience;
  }

  /** Everything was delivered. A meter that has still no date, and so no daily moment, comes back in a day. */
  succeed(): void {
    const memory = this.#memory;
    memory.attempts = 0;
    memory.failedDays = 0;
    memory.ticks = 0;
    if (this.clock.wallTime.trust === "unset") {
      this.contactIn(dayMilliseconds);
      return;
    }
    // A report that ends after midnight is the day's on which it began; a clock set back meanwhile has the last word.
    memory.reportDay = Math.min(this.#beganDay ?? this.today, this.today);
  }

  /**
   * The head-end wants to be left alone for so long: a day at most, whatever it says, and a tenth more at random, for it says
   * so to many.
   */
  holdBack(seconds: number): void {
    if (!(seconds > 0)) return;
    const milliseconds = Math.min(dayMilliseconds, seconds * 1000) * (1 + this.fraction() / 10);
    if (this.clock.ticks + milliseconds > this.nextTicks) this.contactIn(milliseconds);
  }

  /** A day's contacts share its search for the network; the first one ever, with somebody beside it, gets half of that. */
  private patience(attempt: number, retries: number): ContactPatience {
    const { maximumRetransmissions, acknowledgementSeconds } = this.settings;
    const { ackRandomFactor } = narrowbandTransmission;
    // RFC 7252, 4.8.2: MAX_TRANSMIT_WAIT = ACK_TIMEOUT * ((2 ** (MAX_RETRANSMIT + 1)) - 1) * ACK_RANDOM_FACTOR
    let most = attempt === 1 ? maximumRetransmissions : Math.min(1, maximumRetransmissions);
    while (
      most > 0 &&
      acknowledgementSeconds * (2 ** (most + 1) - 1) * ackRandomFactor > longestExchangeSeconds
    )
      most--;
    const isFirstEver = attempt === 1 && this.#memory.reportDay === 0;
    const share = searchMilliseconds / (isFirstEver ? 2 : retries + 1);
    return {
      attachMilliseconds: Math.max(leastSearchMilliseconds, share),
      // After the day's first failure the radio was off already; then the reset line, and each further day the power key.
      remedy:
        attempt === resetAttempt
          ? "reset"
          : attempt === 1 && this.#memory.failedDays > 0
            ? "power-cycle"
            : "none",
      maximumRetransmissions: most,
    };
  }

  private get clock(): Clock {
    return this.#meter.hardware.clock;
  }

  private get settings(): CommunicationSettings {
    return this.#meter.settings.communication;
  }

  private get today(): number {
    return Math.floor(this.clock.wallTime.epochMilliseconds / dayMilliseconds);
  }

  private contactIn(milliseconds: number): void {
    this.#memory.ticks = Math.max(1, this.clock.ticks + Math.floor(milliseconds));
  }

  /** Uniform in [0, 1). */
  private fraction(): number {
    const bytes = new Uint8Array(2);
    this.#meter.hardware.crypto.fillRandom(bytes);
    return ((bytes[0] as number) * 256 + (bytes[1] as number)) / 65_536;
  }
}

/** The device's own second of the day (UTC) for its report, the same every day, spread by its serial number. */
export function spreadSecondOfDay(serialNumber: string, settings: CommunicationSettings): number {
  return secondOfDay(crcOfText(serialNumber), settings);
}

function secondOfDay(serialNumberCrc: number, settings: CommunicationSettings): number {
  const offset = serialNumberCrc % settings.reportWindowSeconds;
  return (settings.reportWindowStartSeconds + offset) % daySeconds;
}
