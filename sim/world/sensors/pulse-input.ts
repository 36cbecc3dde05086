import { requireRange } from "../../../hal/base/ranges.js";
import type { PulseInputOptions, PulseInputReading } from "../../../hal/pulse-input.js";
import type { Scheduled, Scheduler } from "../../kernel/world.js";
import { ContactFeed } from "./contact-feed.js";
import { ContactTimeline } from "./contact-timeline.js";
import { ContactBit, PulseDecoder, type PulseDecoderOptions } from "./pulse-decoder.js";
import type { ContactEdge } from "./reed.js";

export interface PulseInputModelOptions {
  readonly scheduler: Scheduler;
  /** What the board counts with until the application configures the input. */
  readonly boardDefault: PulseInputOptions;
  /** How far apart its polls are, 100 to 10,000; 5000 unless given: a ULP then takes some 20 uA. */
  readonly pollMicroseconds?: number;
  /** Where the counters of a meter that has run for years stand, below 2^32; 0 unless given. */
  readonly forward?: number;
  readonly reverse?: number;
}

/** As PULSE_ONE_SIDED_PULSES of hal/core/pulse-decoder.h. */
const oneSidedPulses = 10;

/**
 * The native low-power pulse counter: polls the contacts at a steady period, from the moment it gets power, and
 * decodes what it finds. It goes on counting whatever the application does; only a loss of power ends that.
 *
 * The counter works things out when somebody looks or a count may be due, not at every poll. Edges may therefore be
 * delivered late, but in order, and before anything looks: `onLook` is the chance to do so.
 */
export class PulseInputModel {
  /** Called as the total advances, at the very poll that completes a pulse; never inside a method of this class. */
  onCount: ((total: number) => void) | undefined;
  /** Called at each edge of a contact, with its time. */
  onEdge: ((atMicroseconds: number) => void) | undefined;
  /** Called before anything looks at the contacts: all edges up to now must have been given to `edge` by its end. */
  onLook: (() => void) | undefined;
  #scheduler: Scheduler;
  #boardDefault: PulseInputOptions;
  #pollMicroseconds: number;

  #decoder: PulseDecoder;
  /** As the wires are now. */
  #contacts = 0;
  /** When the next poll comes that the decoder has not seen. */
  #nextPollMicroseconds: number;
  #announcedTotal = 0;
  #alarm: Scheduled | undefined;
  #timeline: ContactTimeline | undefined;
  #feed: ContactFeed | undefined;
  #onChange: (() => void) | undefined;

  constructor(options: PulseInputModelOptions) {
    const { scheduler, boardDefault, pollMicroseconds = 5000, forward = 0, reverse = 0 } = options;
    requireRange(pollMicroseconds, 100, 10_000, "pollMicroseconds");
    this.#scheduler = scheduler;
    this.#boardDefault = boardDefault;
    this.#pollMicroseconds = pollMicroseconds;
    this.#decoder = new PulseDecoder(this.#inPolls(boardDefault), 0, { forward, reverse });
    this.#nextPollMicroseconds = scheduler.nowMicroseconds + pollMicroseconds;
  }

  /** @throws {RangeError} when an option is out of range; nothing has changed then. */
  configure(options: PulseInputOptions): void {
    requireRange(options.debounceMilliseconds, 1, 50, "debounceMilliseconds");
    requireRange(options.magnetSeconds, 1, 3600, "magnetSeconds");
    this.#look();
    const inPolls = this.#inPolls(options);
    this.#decoder.configure(inPolls);
    this.#timeline?.configure(inPolls);
    this.#arm();
  }

  /** Takes one edge of a contact. Edges come in order of time, none from the future. */
  edge({ atMicroseconds, contact, closed }: ContactEdge): void {
    this.#change(atMicroseconds, contact === 0 ? ContactBit.a : ContactBit.b, closed);
  }

  /** The supervised loop through the sensor's cable is cut or mended, now. */
  cutLoop(isCut: boolean): void {
    this.onLook?.();
    this.#change(this.#scheduler.nowMicroseconds, ContactBit.loopOpen, isCut);
  }

  read(): PulseInputReading {
    this.#look();
    this.#arm();
    return this.#decoder.reading;
  }

  /** Forward and reverse pulses together since power came; doesn't wrap. */
  get total(): number {
    this.#look();
    this.#arm();
    return this.#decoder.total;
  }

  /**
   * The low-power domain lost its power: everything counted is gone. To be called when power comes back too, for the
   * contacts are taken anew as they are then.
   */
  powerLost(): void {
    this.#look();
    this.#scheduler.cancel(this.#alarm);
    this.#alarm = undefined;
    this.#announcedTotal = 0;
    const options = this.#inPolls(this.#boardDefault);
    this.#decoder = new PulseDecoder(options, this.#contacts);
    this.#nextPollMicroseconds = this.#scheduler.nowMicroseconds + this.#pollMicroseconds;
    this.#timeline?.start(options, this.#contacts, { forward: 0, reverse: 0 });
  }

  /** Nobody polls for so long, and what the contacts do meanwhile is not seen; what has been counted stays. */
  rest(microseconds: number): void {
    this.#look();
    const next = this.#scheduler.nowMicroseconds + microseconds;
    this.#nextPollMicroseconds = Math.max(this.#nextPollMicroseconds, next);
    this.#arm();
  }

  /** Begins to note down what the polls find, for another decoder to follow; to be called before the first of them. */
  record(): ContactTimeline {
    const { forward, reverse } = this.#decoder.reading;
    this.#timeline = new ContactTimeline();
    this.#timeline.start(this.#inPolls(this.#boardDefault), this.#contacts, { forward, reverse });
    return this.#timeline;
  }

  /**
   * Begins to note down what the contacts do, for somebody who polls them otherwise; to be called before the first edge.
   * `onChange` is called at each edge that comes in its time.
   */
  watch(onChange: () => void): ContactFeed {
    this.#onChange = onChange;
    this.#feed = new ContactFeed(this.#contacts, () => {
      this.#look();
      return this.#scheduler.nowMicroseconds;
    });
    return this.#feed;
  }

  #inPolls({ sensor, debounceMilliseconds, magnetSeconds }: PulseInputOptions): PulseDecoderOptions {
    return {
      sensor,
      debouncePolls: Math.ceil((debounceMilliseconds * 1000) / this.#pollMicroseconds) + 1,
      magnetPolls: Math.ceil((magnetSeconds * 1e6) / this.#pollMicroseconds),
      oneSidedPulses,
    };
  }

  #change(atMicroseconds: number, bit: number, isSet: boolean): void {
    // A poll at this very moment finds the contact as it is from now on.
    this.#pollUntil(atMicroseconds - 1);
    const contacts = isSet ? this.#contacts | bit : this.#contacts & ~bit;
    if (contacts === this.#contacts) return;
    this.#contacts = contacts;
    this.#feed?.add(atMicroseconds, contacts);
    this.onEdge?.(atMicroseconds);
    if (!this.#alarm) this.#arm();
    if (atMicroseconds === this.#scheduler.nowMicroseconds) this.#onChange?.();
  }

  #look(): void {
    this.onLook?.();
    this.#pollUntil(this.#scheduler.nowMicroseconds);
  }

  /** Gives the decoder its polls up to `untilMicroseconds`, with the contacts as they are. */
  #pollUntil(untilMicroseconds: number): void {
    const ahead = untilMicroseconds - this.#nextPollMicroseconds;
    if (ahead < 0) return;
    const polls = Math.floor(ahead / this.#pollMicroseconds) + 1;
    this.#decoder.advance(this.#contacts, polls);
    this.#timeline?.run(this.#contacts, polls);
    this.#nextPollMicroseconds += polls * this.#pollMicroseconds;
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
    const { total } = this.#decoder;
    if (total !== this.#announcedTotal) {
      this.#announcedTotal = total;
      this.onCount?.(total);
    }
    this.#arm();
  }

  /** The earliest time at which a count can come, going by the contacts as they are now; Infinity when none can. */
  #nextCountMicroseconds(): number {
    if (this.#decoder.total !== this.#announcedTotal) return this.#scheduler.nowMicroseconds;
    const polls = this.#decoder.pollsUntilCount(this.#contacts);
    return this.#nextPollMicroseconds + (polls - 1) * this.#pollMicroseconds;
  }
}
