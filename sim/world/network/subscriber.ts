import type { Random } from "../../kernel/random.js";
import type { Scheduled, Scheduler } from "../../kernel/world.js";
import type { NetworkConditions, Range } from "./network-conditions.js";
import type { OutageCalendar } from "./outage-calendar.js";

/** Hands `datagram` to the head-end; `from` is the sender's translated address, `reply` sends back to it. */
export type CarryUplink = (datagram: Uint8Array, from: string, reply: (datagram: Uint8Array) => void) => void;

export interface NetworkCounters {
  datagramsUp: number;
  datagramsDown: number;
  bytesUp: number;
  bytesDown: number;
}

/** What a modem asks for; a timer left undefined is not asked for, and never granted. */
export interface RegistrationRequest {
  readonly kind: "attach" | "resume";
  readonly activeSeconds: number | undefined;
  readonly periodicUpdateSeconds: number | undefined;
}

export interface GrantedTimers {
  readonly activeSeconds: number | undefined;
  readonly periodicUpdateSeconds: number | undefined;
}

export type RegistrationResult =
  | {
      readonly ok: true;
      /** The modem's own IPv4 address. */
      readonly address: string;
      readonly timers: GrantedTimers;
      /** Undefined when the network gives no time, and at a resume unless the network's clock was put right since. */
      readonly time: NetworkTime | undefined;
    }
  | { readonly ok: false; readonly cause: number };

/** Network identity and time zone (NITZ). */
export interface NetworkTime {
  /** UTC. */
  readonly epochMilliseconds: number;
  readonly zoneQuarterHours: number;
}

/** A UDP port of the modem, as the network sees it. */
export interface NetworkSocket {
  readonly localPort: number;
  /** Sends a datagram to the head-end. */
  send(datagram: Uint8Array): void;
  /** Idempotent. */
  close(): void;
}

export interface SubscriberOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly conditions: NetworkConditions;
  readonly calendar: OutageCalendar;
  readonly counters: NetworkCounters;
  /** UTC as the network believes it to be. */
  readonly epochMilliseconds: () => number;
  readonly clockErrorMilliseconds: () => number;
  readonly carryUplink: CarryUplink;
  /** Told of each datagram as the modem hands it over, whatever becomes of it. */
  readonly observeUplink: ((datagram: Uint8Array) => void) | undefined;
  readonly assignAddress: () => string;
}

/** One flow through the address translation. */
interface Flow {
  readonly from: string;
  readonly localPort: number;
  usedMicroseconds: number;
}

interface KeptDatagram {
  readonly localPort: number;
  readonly datagram: Uint8Array;
  readonly untilMicroseconds: number;
}

/** How long the cell takes to hand over each datagram it kept, once the modem is back. */
const keptDeliveryMilliseconds: Range = Object.freeze({ low: 200, high: 1_500 });
const firstTranslatedPort = 49_152;

/** The network's side of one modem. */
export class Subscriber {
  /** Called when the modem's cell falls silent. */
  onServiceLost: (() => void) | undefined;
  #options: SubscriberOptions;
  #presence: "detached" | "reachable" | "sleeping" = "detached";
  #address: string | undefined;
  #toldClockErrorMilliseconds = 0;
  #translatedPort = firstTranslatedPort;
  #sockets = new Map<number, (datagram: Uint8Array) => void>();
  #kept: KeptDatagram[] = [];
  #registering: Scheduled | undefined;
  /** Nothing gets through any more, though both sides hold the modem to be registered. */
  #isBearerDead = false;

  constructor(options: SubscriberOptions) {
    this.#options = options;
  }

  /** False during an outage. */
  get hasService(): boolean {
    return this.#options.calendar.hasService(this.#options.scheduler.nowMicroseconds);
  }

  /**
   * Searches and registers; `onDone` is called once, after an outage at the earliest. A resume keeps the
   * address; a modem the network does not know is attached in full. A running attempt is abandoned, and
   * until the new one has ended the modem is out of reach.
   */
  register(request: RegistrationRequest, onDone: (registration: RegistrationResult) => void): void {
    const { conditions, random, scheduler } = this.#options;
    this.cancelRegistration();
    this.sleep();
    const isResume = request.kind === "resume" && this.#address !== undefined;
    const { low, high } = isResume ? conditions.resumeSeconds : conditions.attachSeconds;
    const attempt = (): void => {
      const now = scheduler.nowMicroseconds;
      const wait = this.#options.calendar.serviceFromMicroseconds(now) - now;
      this.#registering = scheduler.schedule(wait + random.uniform(low, high) * 1e6, () => {
        if (!this.hasService) {
          attempt();
          return;
        }
        this.#registering = undefined;
        onDone(this.#conclude(request, isResume));
      });
    };
    attempt();
  }

  /** What was set up for the modem's data is lost; only an attach sets it up anew. */
  breakBearer(): void {
    this.#isBearerDead = this.#address !== undefined;
  }

  cancelRegistration(): void {
    this.#options.scheduler.cancel(this.#registering);
    this.#registering = undefined;
  }

  /** The timers the network grants for those that are asked for. */
  grant(asked: GrantedTimers): GrantedTimers {
    const { grantedActiveSeconds, grantedPeriodicUpdateSeconds } = this.#options.conditions;
    return {
      activeSeconds:
        asked.activeSeconds === undefined ? undefined : (grantedActiveSeconds ?? asked.activeSeconds),
      periodicUpdateSeconds:
        asked.periodicUpdateSeconds === undefined
          ? undefined
          : (grantedPeriodicUpdateSeconds ?? asked.periodicUpdateSeconds),
    };
  }

  /** The modem is out of reach, for instance in power saving mode: datagrams for it are kept for a while. */
  sleep(): void {
    if (this.#presence === "reachable") this.#presence = "sleeping";
  }

  /** The modem has left the network, or has fallen silent for good: nothing is kept for it. */
  detach(): void {
    this.cancelRegistration();
    this.#presence = "detached";
    this.#address = undefined;
    this.#isBearerDead = false;
    this.#kept = [];
  }

  /**
   * Opens a UDP port of the modem. Every opening goes through a new flow of the address translation; an
   * older flow still leads to the same local port until it expires.
   */
  openSocket(localPort: number, onDatagram: (datagram: Uint8Array) => void): NetworkSocket {
    this.#sockets.set(localPort, onDatagram);
    let flow: Flow | undefined;
    return {
      localPort,
      send: (datagram) => {
        if (!flow || this.#isExpired(flow)) flow = this.#openFlow(localPort);
        this.#send(flow, datagram);
      },
      close: () => {
        if (this.#sockets.get(localPort) === onDatagram) this.#sockets.delete(localPort);
      },
    };
  }

  /** Asks the name service, one round trip away; `onDone` gets false when there was no answer. */
  lookUp(onDone: (found: boolean) => void): void {
    const { conditions, scheduler } = this.#options;
    const delay =
      this.#latency(conditions.uplinkMilliseconds) + this.#latency(conditions.downlinkMilliseconds);
    scheduler.schedule(delay, () => {
      onDone(this.#presence === "reachable" && this.hasService);
    });
  }

  #conclude(request: RegistrationRequest, isResume: boolean): RegistrationResult {
    const { conditions, assignAddress } = this.#options;
    if (conditions.rejectCause !== undefined) {
      this.detach();
      return { ok: false, cause: conditions.rejectCause };
    }
    if (!isResume) this.#isBearerDead = false;
    const address = (isResume ? this.#address : undefined) ?? assignAddress();
    this.#address = address;
    this.#presence = "reachable";
    this.#releaseKept();
    return { ok: true, address, timers: this.grant(request), time: this.#timeToTell(isResume) };
  }

  /** EMM INFORMATION (3GPP TS 24.301, 5.4.5) comes with every attach, and once with a resume after a correction. */
  #timeToTell(isResume: boolean): NetworkTime | undefined {
    const { conditions, epochMilliseconds, clockErrorMilliseconds } = this.#options;
    const error = clockErrorMilliseconds();
    if (!conditions.givesTime || (isResume && error === this.#toldClockErrorMilliseconds)) return undefined;
    this.#toldClockErrorMilliseconds = error;
    return { epochMilliseconds: epochMilliseconds(), zoneQuarterHours: conditions.timeZoneQuarterHours };
  }

  #openFlow(localPort: number): Flow {
    const port = this.#translatedPort;
    this.#translatedPort = port === 0xffff ? firstTranslatedPort : port + 1;
    return {
      from: `${this.#address ?? "0.0.0.0"}:${port}`,
      localPort,
      usedMicroseconds: this.#options.scheduler.nowMicroseconds,
    };
  }

  #isExpired(flow: Flow): boolean {
    const silent = this.#options.scheduler.nowMicroseconds - flow.usedMicroseconds;
    return silent >= this.#options.conditions.translationTimeoutSeconds * 1e6;
  }

  #send(flow: Flow, datagram: Uint8Array): void {
    const { carryUplink, conditions, counters, observeUplink, scheduler } = this.#options;
    observeUplink?.(datagram);
    counters.datagramsUp++;
    counters.bytesUp += datagram.byteLength;
    if (this.#presence !== "reachable" || !this.hasService || this.#isBearerDead) return;
    flow.usedMicroseconds = scheduler.nowMicroseconds;
    const reply = (answer: Uint8Array): void => {
      this.#carry(answer, conditions.downlinkLossOdds, conditions.downlinkMilliseconds, (copy) => {
        this.#arrive(flow, copy);
      });
    };
    this.#carry(datagram, conditions.uplinkLossOdds, conditions.uplinkMilliseconds, (copy) => {
      carryUplink(copy, flow.from, reply);
    });
  }

  /** The internet: loses, doubles and delays. */
  #carry(datagram: Uint8Array, lossOdds: number, latency: Range, deliver: (copy: Uint8Array) => void): void {
    const { conditions, random, scheduler } = this.#options;
    if (random.chance(lossOdds)) return;
    const copies = random.chance(conditions.duplicationOdds) ? 2 : 1;
    for (let index = 0; index < copies; index++) {
      const copy = datagram.slice();
      scheduler.schedule(this.#latency(latency), () => {
        deliver(copy);
      });
    }
  }

  /** Microseconds. */
  #latency({ low, high }: Range): number {
    return (low + (high - low) * this.#options.random.next() ** 2) * 1_000;
  }

  #arrive(flow: Flow, datagram: Uint8Array): void {
    const { conditions, scheduler } = this.#options;
    if (this.#isExpired(flow)) return;
    flow.usedMicroseconds = scheduler.nowMicroseconds;
    if (this.#presence !== "sleeping") {
      this.#deliver(flow.localPort, datagram);
      return;
    }
    const untilMicroseconds = scheduler.nowMicroseconds + conditions.sleepBufferSeconds * 1e6;
    this.#kept = this.#kept.filter((kept) => kept.untilMicroseconds > scheduler.nowMicroseconds);
    if (this.#kept.length < conditions.sleepBufferDatagrams)
      this.#kept.push({ localPort: flow.localPort, datagram, untilMicroseconds });
  }

  #releaseKept(): void {
    const { random, scheduler } = this.#options;
    const { low, high } = keptDeliveryMilliseconds;
    let delay = 0;
    for (const { localPort, datagram, untilMicroseconds } of this.#kept.splice(0)) {
      if (untilMicroseconds <= scheduler.nowMicroseconds) continue;
      delay += random.uniform(low, high) * 1_000;
      scheduler.schedule(delay, () => {
        this.#deliver(localPort, datagram);
      });
    }
  }

  #deliver(localPort: number, datagram: Uint8Array): void {
    const onDatagram = this.#sockets.get(localPort);
    if (!onDatagram || this.#presence !== "reachable" || !this.hasService || this.#isBearerDead) return;
    this.#options.counters.datagramsDown++;
    this.#options.counters.bytesDown += datagram.byteLength;
    onDatagram(datagram);
  }
}
