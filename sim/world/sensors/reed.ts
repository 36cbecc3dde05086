import type { PulseSensor } from "../../../hal/pulse-input.js";
import type { Pulse, PulseSource } from "../demand/pulse-source.js";
import type { Random } from "../../kernel/random.js";

/** A reed's contact opens or closes. */
export interface ContactEdge {
  readonly atMicroseconds: number;
  /** 0 is reed A, 1 is reed B of a dual reed. */
  readonly contact: 0 | 1;
  readonly closed: boolean;
}

/** Where contact edges come from, in order of time. */
export interface ContactSource {
  next(): ContactEdge | undefined;
}

export interface ReedOptions {
  readonly pulses: PulseSource;
  readonly sensor: PulseSensor;
  readonly random: Random;
  /** 900 unless given: data sheets of meters' reed outputs say that they bounce for less than 1 ms. */
  readonly longestBounceMicroseconds?: number;
  /** How likely the wheel stops with its magnet on a reed until the next pulse comes; 0 unless given. */
  readonly parkingChance?: number;
}

/** The wheel turns no slower than this, so that a lone pulse too is a movement: 0.4 turns are then 320 ms. */
const slowestTurnMicroseconds = 800_000;
/** The part of a turn for which a single reed is closed. */
const closedTurn = 0.4;
const mostBounces = 4;

/**
 * The contacts beside the register's magnet wheel, one turn a pulse, each contact bouncing at every transition.
 *
 * A single reed closes at the moment of the pulse and opens a part of a turn later. A dual reed goes through the
 * four states (A, B) 10, 11, 01, 00 when water flows forward, and 01, 11, 10, 00 in reverse; the return to 00 is the
 * moment of the pulse. In both cases a counter can't count a pulse before it has passed.
 */
export class Reed implements ContactSource {
  #pulses: PulseSource;
  #isDual: boolean;
  #random: Random;
  #longestBounceMicroseconds: number;
  #parkingChance: number;

  #previousMicroseconds = 0;
  #pulse: Pulse | undefined;
  /** The edges of one turn, in order of time. */
  #edges: ContactEdge[] = [];
  #position = 0;

  constructor({ pulses, sensor, random, longestBounceMicroseconds = 900, parkingChance = 0 }: ReedOptions) {
    this.#pulses = pulses;
    this.#isDual = sensor === "dual-reed";
    this.#random = random;
    this.#longestBounceMicroseconds = longestBounceMicroseconds;
    this.#parkingChance = parkingChance;
    this.#pulse = pulses.next();
  }

  next(): ContactEdge | undefined {
    while (this.#position === this.#edges.length) {
      if (!this.#pulse) return undefined;
      this.#turn(this.#pulse);
    }
    return this.#edges[this.#position++];
  }

  #turn(pulse: Pulse): void {
    this.#edges = [];
    this.#position = 0;
    const following = this.#pulses.next();
    if (this.#isDual) this.#turnPastTwoReeds(pulse, following);
    else this.#turnPastOneReed(pulse, following);
    this.#previousMicroseconds = pulse.atMicroseconds;
    this.#pulse = following;
  }

  #turnPastOneReed({ atMicroseconds }: Pulse, following: Pulse | undefined): void {
    const pause = (following?.atMicroseconds ?? Infinity) - atMicroseconds;
    const turn = Math.min(pause, slowestTurnMicroseconds);
    let opens = atMicroseconds + Math.round(turn * closedTurn);
    if (following && this.#isParked()) opens = following.atMicroseconds - Math.round(turn * (1 - closedTurn));
    this.#transition(atMicroseconds, 0, true, opens);
    this.#transition(opens, 0, false, following?.atMicroseconds ?? Infinity);
  }

  #turnPastTwoReeds({ atMicroseconds, direction }: Pulse, following: Pulse | undefined): void {
    const pause = atMicroseconds - this.#previousMicroseconds;
    const turn = Math.min(pause, slowestTurnMicroseconds);
    const leading = direction === 1 ? 0 : 1;
    const trailing = direction === 1 ? 1 : 0;
    const quarter = Math.floor(turn / 4);
    const closesBoth = atMicroseconds - 2 * quarter;
    const opensLeading = atMicroseconds - quarter;
    const leaves = this.#isParked() ? this.#previousMicroseconds + quarter : atMicroseconds - 3 * quarter;
    const nextLeaves = following
      ? atMicroseconds + Math.floor((following.atMicroseconds - atMicroseconds) / 4)
      : Infinity;
    this.#transition(leaves, leading, true, closesBoth);
    this.#transition(closesBoth, trailing, true, opensLeading);
    this.#transition(opensLeading, leading, false, atMicroseconds);
    this.#transition(atMicroseconds, trailing, false, nextLeaves);
  }

  #isParked(): boolean {
    return this.#parkingChance > 0 && this.#random.chance(this.#parkingChance);
  }

  /** A contact changes at `from`, bouncing, and has come to rest before the wheel's next transition at `until`. */
  #transition(from: number, contact: 0 | 1, closed: boolean, until: number): void {
    this.#edges.push({ atMicroseconds: from, contact, closed });
    const bounces = this.#random.integer(1, mostBounces);
    const longest = Math.min(this.#longestBounceMicroseconds, (until - from) / 2);
    const slot = (longest * this.#random.uniform(0.2, 1)) / (2 * bounces);
    // Below this the contact is too fast to bounce in whole microseconds.
    if (slot < 2) return;
    for (let edge = 1; edge <= 2 * bounces; edge++) {
      const atMicroseconds = from + Math.floor(slot * (edge - 0.5 * this.#random.next()));
      this.#edges.push({ atMicroseconds, contact, closed: closed === (edge % 2 === 0) });
    }
  }
}
