import { crc32 } from "../../../hal/base/bytes.js";
import type { Clock } from "../../../hal/clock.js";
import type { Hardware } from "../../../hal/hardware.js";
import type { CommunicationSettings } from "../../settings/settings.js";
import type { RetainedState } from "../../storage/retained-state.js";

const dayMilliseconds = 86_400_000;

/** What the schedule asks of the meter. */
export interface ScheduledMeter {
  readonly hardware: Pick<Hardware, "clock" | "crypto">;
  readonly retained: RetainedState;
  readonly settings: { readonly communication: CommunicationSettings };
  readonly serialNumber: string;
}

/**
 * When to contact the head-end: soon after the battery was connected, then daily at a moment of this device's
 * own, and after a failure again with growing, scattered pauses, so that a district that lost its network or
 * its head-end does not come back all at once.
 */
export class ContactSchedule {
  #meter: ScheduledMeter;
  #beganDay: number | undefined;

  constructor(meter: ScheduledMeter) {
    this.#meter = meter;
    const { retained } = meter;
    const hasNoMoment = retained.contactTicks === 0 && this.clock.wallTime.trust === "unset";
    if (!retained.wasValid || hasNoMoment)
      this.contactIn(this.settings.startSpreadSeconds * 1000 * this.fraction());
  }

  get isDue(): boolean {
    return this.clock.ticks >= this.nextTicks;
  }

  /** Ticks of the next contact. */
  get nextTicks(): number {
    const { retained, hardware } = this.#meter;
    const { contactTicks } = retained;
    if (contactTicks > 0) return contactTicks;
    const { clock } = hardware;
    const { epochMilliseconds } = clock.wallTime;
    const nextDay = Math.max(retained.reportDay + 1, Math.floor(epochMilliseconds / dayMilliseconds));
    const dueEpoch = nextDay * dayMilliseconds + secondOfDay(this.serialNumberCrc, this.settings) * 1000;
    return clock.ticks + Math.max(0, dueEpoch - epochMilliseconds);
  }

  /**
   * Books the contact that is about to start as failed, retry and all: if the application does not survive
   * it, the pause before the next one is kept nonetheless.
   */
  begin(): void {
    const { retained } = this.#meter;
    const { retriesPerDay, retrySeconds } = this.settings;
    this.#beganDay = this.clock.wallTime.trust === "unset" ? undefined : this.today;
    const attempt = ++retained.contactAttempts;
    if (attempt <= retriesPerDay) {
      const pause = Math.min(dayMilliseconds, retrySeconds * 1000 * 2 ** (attempt - 1));
      this.contactIn(pause * (0.5 + this.fraction()));
      return;
    }
    // Enough for today. Without a date there is no daily moment, so the pause itself is a day's, scattered.
    retained.contactAttempts = 0;
    retained.contactTicks = 0;
    retained.reportDay = this.today;
    if (this.clock.wallTime.trust === "unset") this.contactIn(dayMilliseconds * (0.5 + this.fraction() / 2));
  }

  /** Everything was delivered. A meter that has still no date keeps the retry that was booked, to ask again. */
  succeed(): void {
    const { retained } = this.#meter;
    if (this.clock.wallTime.trust === "unset") return;
    retained.contactAttempts = 0;
    retained.contactTicks = 0;
    // A report that ends after midnight is the day's on which it began; a clock set back meanwhile has the last word.
    retained.reportDay = Math.min(this.#beganDay ?? this.today, this.today);
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
    this.#meter.retained.contactTicks = Math.max(1, this.clock.ticks + Math.floor(milliseconds));
  }

  private get serialNumberCrc(): number {
    const { retained } = this.#meter;
    retained.serialNumberCrc ||= crcOf(this.#meter.serialNumber);
    return retained.serialNumberCrc;
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
  return secondOfDay(crcOf(serialNumber), settings);
}

function secondOfDay(serialNumberCrc: number, settings: CommunicationSettings): number {
  const offset = serialNumberCrc % settings.reportWindowSeconds;
  return (settings.reportWindowStartSeconds + offset) % 86_400;
}

function crcOf(text: string): number {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = text.charCodeAt(index);
  return crc32(bytes, bytes.length);
}
