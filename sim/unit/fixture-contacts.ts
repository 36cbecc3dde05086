import type { Pulse, PulseSource } from "../world/demand/pulse-source.js";
import type { Random } from "../kernel/random.js";
import type { Scheduler } from "../kernel/world.js";
import type { PulseInputModel } from "../world/sensors/pulse-input.js";
import { Reed } from "../world/sensors/reed.js";
import type { BenchPulseTrain } from "./bench-access.js";
import type { ContactFaults } from "./unit-faults.js";

/** The wheel sets out before its first pulse, as slowly as it ever turns. */
const spinUpMicroseconds = 800_000;
/** The wheel comes to rest after its last pulse. */
const restMicroseconds = 400_000;
/** A chattering contact closes and opens by turns of this, longer than a debounce lets pass. */
const chatterMicroseconds = 12_000;

export interface FixtureContactsOptions {
  readonly scheduler: Scheduler;
  readonly input: PulseInputModel;
  readonly random: Random;
  readonly faults: ContactFaults;
}

/** A dual reed beside a wheel that the pulse source turns, and the magnet that can be held to it. */
export class FixtureContacts {
  #options: FixtureContactsOptions;
  #closed: [boolean, boolean] = [false, false];
  #isMagnetHeld = false;
  /** Counts a contact's transitions, so that chatter ends with the next one. */
  #transitions: [number, number] = [0, 0];

  constructor(options: FixtureContactsOptions) {
    this.#options = options;
  }

  holdMagnet(isHeld: boolean): void {
    this.#isMagnetHeld = isHeld;
    for (const contact of [0, 1] as const) this.#tell(contact);
  }

  /** Turns the wheel; returns how long that takes, in microseconds. */
  play({ forward, reverse, hertz }: BenchPulseTrain): number {
    const { scheduler, random } = this.#options;
    const period = Math.round(1e6 / hertz);
    const start = scheduler.nowMicroseconds;
    const source = new TrainSource(start + spinUpMicroseconds, period, forward, reverse);
    const reed = new Reed({ pulses: source, sensor: "dual-reed", random });
    let last = start;
    for (let edge = reed.next(); edge; edge = reed.next()) {
      const { contact, closed } = edge;
      last = Math.max(last, edge.atMicroseconds);
      scheduler.schedule(Math.max(0, edge.atMicroseconds - start), () => {
        this.#set(contact, closed);
      });
    }
    return last - start + restMicroseconds;
  }

  #set(contact: 0 | 1, closed: boolean): void {
    this.#closed[contact] = closed;
    const transition = ++this.#transitions[contact];
    this.#tell(contact);
    const { chatter } = this.#options.faults;
    if (chatter?.contact === contact) this.#chatter(contact, transition, chatter.changes);
  }

  #chatter(contact: 0 | 1, transition: number, changes: number): void {
    for (let change = 1; change <= changes; change++)
      this.#options.scheduler.schedule(change * chatterMicroseconds, () => {
        if (this.#transitions[contact] !== transition) return;
        this.#closed[contact] = !this.#closed[contact];
        this.#tell(contact);
      });
  }

  #tell(contact: 0 | 1): void {
    const { input, scheduler, faults } = this.#options;
    const isDead = faults.deadContact === contact;
    const wire = faults.areSwapped ? ((1 - contact) as 0 | 1) : contact;
    const closed = !isDead && (this.#isMagnetHeld || this.#closed[contact]);
    input.edge({ atMicroseconds: scheduler.nowMicroseconds, contact: wire, closed });
  }
}

/** So many pulses forward, then so many back, a period apart. */
class TrainSource implements PulseSource {
  readonly startEpochSeconds = undefined;
  readonly durationSeconds = undefined;
  #next = 0;

  #startMicroseconds: number;
  #periodMicroseconds: number;
  #forward: number;
  #reverse: number;

  constructor(startMicroseconds: number, periodMicroseconds: number, forward: number, reverse: number) {
    this.#startMicroseconds = startMicroseconds;
    this.#periodMicroseconds = periodMicroseconds;
    this.#forward = forward;
    this.#reverse = reverse;
  }

  next(): Pulse | undefined {
    if (this.#next >= this.#forward + this.#reverse) return undefined;
    const direction = this.#next < this.#forward ? 1 : -1;
    this.#next++;
    return { atMicroseconds: this.#startMicroseconds + this.#next * this.#periodMicroseconds, direction };
  }
}
