import type { Random } from "../../kernel/random.js";
import type { Scheduler } from "../../kernel/world.js";
import { defaultNetworkConditions, type NetworkConditions, requireConditions } from "./network-conditions.js";
import { OutageCalendar } from "./outage-calendar.js";
import { type CarryUplink, type NetworkCounters, Subscriber } from "./subscriber.js";

export interface NetworkOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** What differs from `defaultNetworkConditions`. */
  readonly conditions: Partial<NetworkConditions>;
  /** True UTC, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly epochMilliseconds: () => number;
  /** Hands a datagram to the head-end; there is only one, whatever host a modem names. */
  readonly carryUplink: CarryUplink;
  /** Told of each datagram as a modem hands it over, whatever becomes of it. */
  readonly observeUplink?: (datagram: Uint8Array) => void;
}

/**
 * The mobile network and the internet behind it, up to the head-end. It serves any number of modems; each
 * holds a `Subscriber`. Loss, duplication, delay and reordering are drawn from the seeded stream of that
 * subscriber, so that one modem's traffic does not shift another's.
 */
export class Network {
  /** As they are now. */
  readonly conditions: NetworkConditions;
  /** How far the network's own clock is ahead of true time; its modems are told with their next registration. */
  clockErrorMilliseconds = 0;
  #conditions: NetworkConditions;
  #options: NetworkOptions;
  #calendar: OutageCalendar;
  #subscribers: Subscriber[] = [];
  #addresses = 0;
  #counters: NetworkCounters = { datagramsUp: 0, datagramsDown: 0, bytesUp: 0, bytesDown: 0 };

  /** @throws {RangeError} when the conditions make no sense. */
  constructor(options: NetworkOptions) {
    this.#options = options;
    this.#conditions = { ...defaultNetworkConditions, ...options.conditions };
    this.conditions = this.#conditions;
    requireConditions(this.conditions);
    this.#calendar = new OutageCalendar(this.conditions.outages);
    const { scheduler } = options;
    for (const { fromSeconds } of this.conditions.outages) {
      const delay = fromSeconds * 1e6 - scheduler.nowMicroseconds;
      scheduler.schedule(Math.max(0, delay), () => {
        for (const subscriber of this.#subscribers) subscriber.onServiceLost?.();
      });
    }
  }

  /** UDP datagrams and payload bytes as modems handed them over (up) and as they reached modems (down). */
  get counters(): Readonly<NetworkCounters> {
    return this.#counters;
  }

  /** False during an outage. */
  get hasService(): boolean {
    return this.#calendar.hasService(this.#options.scheduler.nowMicroseconds);
  }

  /**
   * Changes conditions from now on; outages are fixed at construction.
   * @throws {RangeError} when the conditions make no sense; nothing has changed then.
   */
  change(conditions: Partial<Omit<NetworkConditions, "outages">>): void {
    requireConditions({ ...this.#conditions, ...conditions });
    Object.assign(this.#conditions, conditions);
  }

  /** The bearer of each modem that is attached now is dead from now on, until that attaches anew. */
  breakBearers(): void {
    for (const subscriber of this.#subscribers) subscriber.breakBearer();
  }

  /** Enters a modem into the network's books. */
  subscribe(): Subscriber {
    const subscriber = new Subscriber({
      scheduler: this.#options.scheduler,
      random: this.#options.random.fork(`subscriber-${this.#subscribers.length}`),
      conditions: this.conditions,
      calendar: this.#calendar,
      counters: this.#counters,
      epochMilliseconds: () => this.#options.epochMilliseconds() + this.clockErrorMilliseconds,
      clockErrorMilliseconds: () => this.clockErrorMilliseconds,
      carryUplink: this.#options.carryUplink,
      observeUplink: this.#options.observeUplink,
      assignAddress: () => this.#assignAddress(),
    });
    this.#subscribers.push(subscriber);
    return subscriber;
  }

  #assignAddress(): string {
    const host = (this.#addresses++ % 0xfffe) + 1;
    return `10.64.${host >> 8}.${host & 0xff}`;
  }
}
