import type { PulseInputOptions, PulseInputReading } from "../../hal/pulse-input.js";
import type { Scheduled, Scheduler } from "../kernel/world.js";
import { quadraturePosition, quarterTurns } from "./quadrature.js";
import type { ContactEdge } from "./reed.js";

export interface PulseInputModelOptions {
  readonly scheduler: Scheduler;
  /** What the board counts with until the application configures the input. */
  readonly boardDefault: PulseInputOptions;
  /** Where the counters of a meter that has run for years stand, below 2^32; 0 unless given. */
  readonly forward?: number;
  readonly reverse?: number;
}

/** A contact as the counter sees it. */
interface Contact {
  /** As the wire is now. */
  isClosed: boolean;
  changedMicroseconds: number;
  /** As the counter takes it to be, once it has been stable for the debounce time. */
  isStableClosed: boolean;
}

const both = quadraturePosition(true, true);

/**
 * The native low-power pulse counter: debounces the contacts, decodes their states and counts. It goes on counting
 * whatever the application does; only a loss of power ends that.
 *
 * The counter works things out when somebody looks or a count may be due, not at every bounce. Edges may therefore be
 * delivered late, but in order, and before anything looks: `onLook` is the chance to do so.
 */
export class PulseInputModel {
  /** Called as the total advances, at the very time the debounce completes; never inside a method of this class. */
  onCount: ((total: number) => void) | undefined;
  /** Called before anything looks at the contacts: all edges up to now must have been given to `edge` by its end. */
  onLook: (() => void) | undefined;
  #scheduler: Scheduler;
  #boardDefault: PulseInputOptions;

  #isDual = false;
  #debounceMicroseconds = 0;
  #magnetMicroseconds = 0;

  #a: Contact = { isClosed: false, changedMicroseconds: 0, isStableClosed: false };
  #b: Contact = { isClosed: false, changedMicroseconds: 0, isStableClosed: false };
  /** Quarter turns made towards the next forward (4) or reverse (-4) pulse. */
  #quarterTurns = 0;
  #bothClosedSince = Infinity;

  #forward: number;
  #reverse: number;
  #illegalTransitions = 0;
  #magnetEvents = 0;
  #magnetPresent = false;
  #total = 0;
  #announcedTotal = 0;
  #alarm: Scheduled | undefined;

  constructor({ scheduler, boardDefault, forward = 0, reverse = 0 }: PulseInputModelOptions) {
    this.#scheduler = scheduler;
    this.#boardDefault = boardDefault;
    this.#forward = forward >>> 0;
    this.#reverse = reverse >>> 0;
    this.#adopt(boardDefault);
  }

  /** @throws {RangeError} when an option is out of range; nothing has changed then. */
  configure(options: PulseInputOptions): void {
    requireRange(options.debounceMilliseconds, 1, 50, "debounceMilliseconds");
    requireRange(options.magnetSeconds, 1, 3600, "magnetSeconds");
    this.#look();
    this.#adopt(options);
    this.#arm();
  }

  /** Takes one edge of a contact. Edges come in order of time, none from the future. */
  edge({ atMicroseconds, contact, closed }: ContactEdge): void {
    this.#settle(atMicroseconds);
    const wire = contact === 0 ? this.#a : this.#b;
    if (wire.isClosed === closed) return;
    wire.isClosed = closed;
    wire.changedMicroseconds = atMicroseconds;
    if (!this.#alarm) this.#arm();
  }

  read(): PulseInputReading {
    this.#look();
    this.#arm();
    return {
      forward: this.#forward,
      reverse: this.#reverse,
      illegalTransitions: this.#illegalTransitions,
      magnetEvents: this.#magnetEvents,
      magnetPresent: this.#magnetPresent,
    };
  }

  /** Forward and reverse pulses together since power came; doesn't wrap. */
  get total(): number {
    this.#look();
    this.#arm();
    return this.#total;
  }

  /**
   * The low-power domain lost its power: everything counted is gone. To be called when power comes back too, for the
   * contacts are taken anew as they are then.
   */
  powerLost(): void {
    this.#look();
    this.#scheduler.cancel(this.#alarm);
    this.#alarm = undefined;
    this.#forward = this.#reverse = this.#illegalTransitions = this.#magnetEvents = 0;
    this.#total = this.#announcedTotal = 0;
    this.#a.isStableClosed = this.#a.isClosed;
    this.#b.isStableClosed = this.#b.isClosed;
    this.#adopt(this.#boardDefault);
    this.#startDecoding();
  }

  #adopt({ sensor, debounceMilliseconds, magnetSeconds }: PulseInputOptions): void {
    const isDual = sensor === "dual-reed";
    this.#debounceMicroseconds = debounceMilliseconds * 1000;
    this.#magnetMicroseconds = magnetSeconds * 1e6;
    if (isDual === this.#isDual) return;
    this.#isDual = isDual;
    this.#startDecoding();
  }

  #startDecoding(): void {
    const areBothClosed = this.#a.isStableClosed && this.#b.isStableClosed;
    this.#bothClosedSince = areBothClosed ? this.#scheduler.nowMicroseconds : Infinity;
    this.#magnetPresent = false;
    this.#quarterTurns = 0;
  }

  #look(): void {
    this.onLook?.();
    this.#settle(this.#scheduler.nowMicroseconds);
  }

  /** Carries out what the debounce completes up to `untilMicroseconds`, in order of time. */
  #settle(untilMicroseconds: number): void {
    for (;;) {
      const dueA = this.#dueMicroseconds(this.#a);
      const dueB = this.#dueMicroseconds(this.#b);
      const due = Math.min(dueA, dueB);
      if (due > untilMicroseconds) break;
      this.#watchForMagnet(due);
      const from = quadraturePosition(this.#a.isStableClosed, this.#b.isStableClosed);
      if (dueA === due) this.#a.isStableClosed = this.#a.isClosed;
      if (dueB === due) this.#b.isStableClosed = this.#b.isClosed;
      if (this.#isDual) this.#turn(from, due);
      else if (dueA === due && this.#a.isStableClosed) this.#countForward();
    }
    this.#watchForMagnet(untilMicroseconds);
  }

  #dueMicroseconds(wire: Contact): number {
    return wire.isClosed === wire.isStableClosed
      ? Infinity
      : wire.changedMicroseconds + this.#debounceMicroseconds;
  }

  #turn(from: number, atMicroseconds: number): void {
    const to = quadraturePosition(this.#a.isStableClosed, this.#b.isStableClosed);
    const step = quarterTurns(from, to);
    if (step === undefined) {
      // Which way it went is unknown, and so is what the quarter turns before were part of.
      this.#illegalTransitions = (this.#illegalTransitions + 1) >>> 0;
      this.#quarterTurns = 0;
    } else this.#quarterTurns += step;
    if (this.#quarterTurns === 4) this.#countForward();
    if (this.#quarterTurns === -4) this.#countReverse();
    this.#bothClosedSince = to === both ? atMicroseconds : Infinity;
    if (to !== both) this.#magnetPresent = false;
  }

  #countForward(): void {
    this.#quarterTurns = 0;
    this.#forward = (this.#forward + 1) >>> 0;
    this.#total++;
  }

  #countReverse(): void {
    this.#quarterTurns = 0;
    this.#reverse = (this.#reverse + 1) >>> 0;
    this.#total++;
  }

  #watchForMagnet(nowMicroseconds: number): void {
    if (this.#magnetPresent || !this.#isDual) return;
    if (nowMicroseconds - this.#bothClosedSince <= this.#magnetMicroseconds) return;
    this.#magnetPresent = true;
    this.#magnetEvents = (this.#magnetEvents + 1) >>> 0;
  }

  /** Sees to it that the counter looks again when the next count can come, if one can. */
  #arm(): void {
    const due = this.#nextCountMicroseconds();
    if (due === Infinity) return;
    const { nowMicroseconds } = this.#scheduler;
    if (this.#alarm && this.#alarm.atMicroseconds <= Math.max(due, nowMicroseconds)) return;
    this.#scheduler.cancel(this.#alarm);
    this.#alarm = this.#scheduler.schedule(Math.max(0, due - nowMicroseconds), () => {
      this.#ring();
    });
  }

  #ring(): void {
    this.#look();
    this.#alarm = undefined;
    if (this.#total !== this.#announcedTotal) {
      this.#announcedTotal = this.#total;
      this.onCount?.(this.#total);
    }
    this.#arm();
  }

  /** The earliest time at which a count can come, going by the contacts as they are now; Infinity when none can. */
  #nextCountMicroseconds(): number {
    if (this.#total !== this.#announcedTotal) return this.#scheduler.nowMicroseconds;
    const dueA = this.#dueMicroseconds(this.#a);
    if (!this.#isDual) return this.#a.isClosed ? dueA : Infinity;
    const dueB = this.#dueMicroseconds(this.#b);
    const changing = Number(dueA !== Infinity) + Number(dueB !== Infinity);
    return Math.abs(this.#quarterTurns) + changing >= 4 ? Math.min(dueA, dueB) : Infinity;
  }
}

function requireRange(value: number, lowest: number, highest: number, name: string): void {
  if (!Number.isInteger(value) || value < lowest || value > highest)
    throw new RangeError(`${name} must be an integer from ${lowest} to ${highest}`);
}
