import type { PulseInputReading, PulseSensor } from "../../../hal/pulse-input.js";
import { quadraturePosition, quarterTurns } from "./quadrature.js";

/** Bits of a poll, as `hal/core/pulse-decoder.h` has them. */
export const ContactBit = Object.freeze({ a: 1, b: 2, loopOpen: 4 });

/** Counted in polls, as `struct pulseDecoderOptions` of `hal/core/pulse-decoder.h`. */
export interface PulseDecoderOptions {
  readonly sensor: PulseSensor;
  /** A contact has changed once so many polls in a row say so. */
  readonly debouncePolls: number;
  /** A dual reed's contacts closed together for more polls than this is a foreign magnet. */
  readonly magnetPolls: number;
  /** More closures than this of one contact of a dual reed, with none of the other, is a sensor fault. */
  readonly oneSidedPulses: number;
}

/** Where free-running counters stand, below 2^32. */
export interface DecodedCounts {
  readonly forward: number;
  readonly reverse: number;
}

const both = ContactBit.a | ContactBit.b;
/** The decoder in C counts no further. */
const mostHeldPolls = 0xffff_ffff;
const lineBits = [ContactBit.a, ContactBit.b, ContactBit.loopOpen] as const;

/**
 * The reference of the decoder in `hal/core/pulse-decoder.c`, poll for poll the same, written apart from it: where
 * that counts polls down, this compares poll numbers. `hal/core/pulse-decoder.md` has the truth tables of both.
 */
export class PulseDecoder {
  /** Pulses either way since the start; doesn't wrap. */
  total = 0;
  #options: PulseDecoderOptions;
  /** Number of the last poll. */
  #poll = 0;
  /** As debounced. */
  #contacts: number;
  /** Per line, the last poll that found it as debounced. */
  #agreedPolls: [number, number, number] = [0, 0, 0];
  /** The poll that found both contacts closed, or from which on that matters; Infinity while they aren't. */
  #heldSincePoll = Infinity;
  /** Quarter turns made towards the next forward (4) or reverse (-4) pulse. */
  #quarterTurns = 0;
  /** The contact that changed last, and its closures since the other one did. */
  #lastChanged = 0;
  #oneSidedPulses = 0;

  #forward: number;
  #reverse: number;
  #illegalTransitions = 0;
  #magnetEvents = 0;
  #magnetPresent = false;
  #sensorFaults = 0;
  #isOneSided = false;

  /** Power came: the contacts are taken as they are, but a loop that is open already is news. */
  constructor(
    options: PulseDecoderOptions,
    contacts: number,
    counts: DecodedCounts = { forward: 0, reverse: 0 },
  ) {
    this.#options = options;
    this.#contacts = contacts & both;
    this.#forward = counts.forward >>> 0;
    this.#reverse = counts.reverse >>> 0;
    this.#startDecoding();
  }

  /** Counts on with other options. Another kind of sensor drops a turn under way. */
  configure(options: PulseDecoderOptions): void {
    const isOther = options.sensor !== this.#options.sensor;
    this.#options = options;
    if (isOther) this.#startDecoding();
  }

  /** So many polls that find the contacts like this. */
  advance(contacts: number, polls: number): void {
    if (polls === 0) return;
    const until = this.#poll + polls;
    for (let line = 0; line < lineBits.length; line++)
      if (!this.#differs(contacts, line)) this.#agreedPolls[line] = until;
    for (;;) {
      const due = this.#nextDue(contacts);
      if (due > until) break;
      this.#poll = due;
      this.#watchForMagnet();
      this.#change(contacts, until);
    }
    this.#poll = until;
    this.#watchForMagnet();
  }

  /**
   * How many polls from now, while the contacts stay like this, the next count can come at the earliest; Infinity when
   * none can.
   */
  pollsUntilCount(contacts: number): number {
    const dueA = this.#duePoll(contacts, 0);
    if (this.#options.sensor === "single-reed") return contacts & ContactBit.a ? dueA - this.#poll : Infinity;
    const dueB = this.#duePoll(contacts, 1);
    const changing = Number(dueA !== Infinity) + Number(dueB !== Infinity);
    return Math.abs(this.#quarterTurns) + changing >= 4 ? Math.min(dueA, dueB) - this.#poll : Infinity;
  }

  get reading(): PulseInputReading {
    return {
      forward: this.#forward,
      reverse: this.#reverse,
      illegalTransitions: this.#illegalTransitions,
      magnetEvents: this.#magnetEvents,
      magnetPresent: this.#magnetPresent,
      sensorFaults: this.#sensorFaults,
      oneSided: this.#isOneSided,
      wireCut: (this.#contacts & ContactBit.loopOpen) !== 0,
    };
  }

  #startDecoding(): void {
    this.#heldSincePoll = (this.#contacts & both) === both ? this.#poll : Infinity;
    this.#magnetPresent = false;
    this.#quarterTurns = 0;
    this.#lastChanged = 0;
    this.#isOneSided = false;
  }

  #differs(contacts: number, line: number): boolean {
    return ((contacts ^ this.#contacts) & (lineBits[line] as number)) !== 0;
  }

  /** The poll in which a line will have changed; Infinity when it is as debounced. */
  #duePoll(contacts: number, line: number): number {
    if (!this.#differs(contacts, line)) return Infinity;
    return Math.max(this.#poll + 1, (this.#agreedPolls[line] as number) + this.#options.debouncePolls);
  }

  #nextDue(contacts: number): number {
    return Math.min(this.#duePoll(contacts, 0), this.#duePoll(contacts, 1), this.#duePoll(contacts, 2));
  }

  /** Carries out what is due in this poll. A line that changes agrees with the wire from then on. */
  #change(contacts: number, agreedUntil: number): void {
    let changed = 0;
    for (let line = 0; line < lineBits.length; line++) {
      if (!this.#differs(contacts, line)) continue;
      if ((this.#agreedPolls[line] as number) + this.#options.debouncePolls > this.#poll) continue;
      changed |= lineBits[line] as number;
      this.#agreedPolls[line] = agreedUntil;
    }
    const from = this.#contacts;
    this.#contacts ^= changed;
    if (changed & ContactBit.loopOpen & this.#contacts) this.#noteFault();
    if (this.#options.sensor === "dual-reed") {
      if (changed & both) this.#turn(from);
    } else if (changed & this.#contacts & ContactBit.a) this.#countForward();
  }

  #turn(from: number): void {
    const step = quarterTurns(positionOf(from), positionOf(this.#contacts));
    if (step === undefined) {
      // Which way it went is unknown, and so is what the quarter turns before were part of.
      this.#illegalTransitions = (this.#illegalTransitions + 1) >>> 0;
      this.#quarterTurns = 0;
      this.#lastChanged = 0;
      this.#isOneSided = false;
    } else {
      this.#quarterTurns += step;
      this.#watchOneSide((from ^ this.#contacts) & both);
    }
    if (this.#quarterTurns === 4) this.#countForward();
    if (this.#quarterTurns === -4) this.#countReverse();
    this.#heldSincePoll = (this.#contacts & both) === both ? this.#poll : Infinity;
    this.#magnetPresent = false;
  }

  #countForward(): void {
    this.#quarterTurns = 0;
    this.#forward = (this.#forward + 1) >>> 0;
    this.total++;
  }

  #countReverse(): void {
    this.#quarterTurns = 0;
    this.#reverse = (this.#reverse + 1) >>> 0;
    this.total++;
  }

  #watchOneSide(changed: number): void {
    if (changed !== this.#lastChanged) {
      this.#lastChanged = changed;
      this.#oneSidedPulses = 0;
      this.#isOneSided = false;
    }
    if (!(this.#contacts & changed)) return;
    this.#oneSidedPulses++;
    if (this.#isOneSided || this.#oneSidedPulses <= this.#options.oneSidedPulses) return;
    this.#isOneSided = true;
    this.#noteFault();
  }

  #noteFault(): void {
    this.#sensorFaults = (this.#sensorFaults + 1) >>> 0;
  }

  #watchForMagnet(): void {
    if (this.#magnetPresent || this.#options.sensor !== "dual-reed") return;
    const heldPolls = Math.min(this.#poll - this.#heldSincePoll, mostHeldPolls);
    if (heldPolls <= this.#options.magnetPolls) return;
    this.#magnetPresent = true;
    this.#magnetEvents = (this.#magnetEvents + 1) >>> 0;
  }
}

function positionOf(contacts: number): number {
  return quadraturePosition((contacts & ContactBit.a) !== 0, (contacts & ContactBit.b) !== 0);
}
