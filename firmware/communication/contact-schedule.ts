import { crc32 } from "../../hal/bytes.js";
import type { Clock } from "../../hal/clock.js";
import type { Hardware } from "../../hal/hardware.js";
import type { CommunicationSettings } from "../settings/settings.js";
import type { RetainedState } from "../storage/retained-state.js";

const dayMilliseconds = 86_400_000;

/** What the schedule asks of the chip. */
export type ScheduleHardware = Pick<Hardware, "clock" | "crypto">;

/**
 * When to contact the head-end: soon after the battery was connected, then daily at a moment of this device's
 * own, and after a failure again with growing, scattered pauses, so that a district that lost its network or
 * its head-end does not come back all at once.
 */
export class ContactSchedule {
  #hardware: ScheduleHardware;
  #clock: Clock;
  #retained: RetainedState;
  #settings: CommunicationSettings;
  #serialNumber: () => string;
  #beganDay: number | undefined;

  constructor(
    hardware: ScheduleHardware,
    retained: RetainedState,
    settings: CommunicationSettings,
    serialNumber: () => string,
  ) {
    this.#hardware = hardware;
    this.#clock = hardware.clock;
    this.#retained = retained;
    this.#settings = settings;
    this.#serialNumber = serialNumber;
    const hasNoMoment = retained.contactTicks === 0 && this.#clock.wallTime.trust === "unset";
    if (!retained.wasValid || hasNoMoment)
      this.contactIn(settings.startSpreadSeconds * 1000 * this.fraction());
  }

  get isDue(): boolean {
    return this.#clock.ticks >= this.nextTicks;
  }

  /** Ticks of the next contact. */
  get nextTicks(): number {
    const { contactTicks } = this.#retained;
    if (contactTicks > 0) return contactTicks;
    const { epochMilliseconds } = this.#clock.wallTime;
    const nextDay = Math.max(this.#retained.reportDay + 1, Math.floor(epochMilliseconds / dayMilliseconds));
    const dueEpoch = nextDay * dayMilliseconds + secondOfDay(this.serialNumberCrc, this.#settings) * 1000;
    return this.#clock.ticks + Math.max(0, dueEpoch - epochMilliseconds);
  }

  /**
   * Books the contact that is about to start as failed, retry and all: if the application does not survive
   * it, the pause before the next one is kept nonetheless.
   */
  begin(): void {
    this.#beganDay = this.#clock.wallTime.trust === "unset" ? undefined : this.today;
    const attempt = ++this.#retained.contactAttempts;
    if (attempt <= this.#settings.retriesPerDay) {
      const pause = Math.min(dayMilliseconds, this.#settings.retrySeconds * 1000 * 2 ** (attempt - 1));
      this.contactIn(pause * (0.5 + this.fraction()));
      return;
    }
    // Enough for today. Without a date there is no daily moment, so the pause itself is a day's, scattered.
    this.#retained.contactAttempts = 0;
    this.#retained.contactTicks = 0;
    this.#retained.reportDay = this.today;
    if (this.#clock.wallTime.trust === "unset") this.contactIn(dayMilliseconds * (0.5 + this.fraction() / 2));
  }

  /** Everything was delivered. A meter that has still no date keeps the retry that was booked, to ask again. */
  succeed(): void {
    if (this.#clock.wallTime.trust === "unset") return;
    this.#retained.contactAttempts = 0;
    this.#retained.contactTicks = 0;
    // A report that ends after midnight is the day's on which it began; a clock set back meanwhile has the last word.
    this.#retained.reportDay = Math.min(this.#beganDay ?? this.today, this.today);
  }

  private get today(): number {
    return Math.floor(this.#clock.wallTime.epochMilliseconds / dayMilliseconds);
  }

  private contactIn(milliseconds: number): void {
    this.#retained.contactTicks = Math.max(1, this.#clock.ticks + Math.floor(milliseconds));
  }

  private get serialNumberCrc(): number {
    this.#retained.serialNumberCrc ||= crcOf(this.#serialNumber());
    return this.#retained.serialNumberCrc;
  }

  /** Uniform in [0, 1). */
  private fraction(): number {
    const bytes = new Uint8Array(2);
    this.#hardware.crypto.fillRandom(bytes);
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
