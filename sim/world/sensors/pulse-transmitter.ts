import type { PulseSensor } from "../../../hal/pulse-input.js";
import type { Pulse, PulseSource } from "../demand/pulse-source.js";
import type { Random } from "../../kernel/random.js";
import type { Scheduler } from "../../kernel/world.js";
import type { PulseInputModel } from "./pulse-input.js";
import { type ContactEdge, Reed } from "./reed.js";

export interface PulseTransmitterOptions {
  readonly scheduler: Scheduler;
  readonly pulses: PulseSource;
  readonly sensor: PulseSensor;
  /** The board's input, to which the contacts are wired. */
  readonly input: PulseInputModel;
  readonly random: Random;
  /** Above 0; only for `flowLitresPerHour`. */
  readonly litresPerPulse: number;
  /** As in `ReedOptions`. */
  readonly longestBounceMicroseconds?: number;
  readonly parkingChance?: number;
}

/** What has really passed the meter. */
export interface PulseTruth {
  readonly forwardPulses: number;
  readonly reversePulses: number;
}

/** After so long without a pulse the live view shows no flow. */
const stillMicroseconds = 300e6;

/** The shortest debounce there is: no count can come sooner after the first edge of a burst. */
const burstMicroseconds = 1000;

/**
 * The pulse transmitter on the meter's register: plays the pulses of a source through the reed into the pulse input,
 * and knows the truth. It keeps one event pending, at the next transition of the wheel; the bounces that follow are
 * delivered when the input looks.
 */
export class PulseTransmitter {
  /** Called at the very time of each pulse. */
  onPulse: ((pulse: Pulse) => void) | undefined;
  #scheduler: Scheduler;
  #input: PulseInputModel;
  #litresPerPulse: number;
  #reed: Reed;

  /** Edges taken from the reed; those from `#position` on lie ahead. */
  #edges: ContactEdge[] = [];
  #position = 0;
  /** Per contact, when the burst of bounces began that an event was last set for. */
  #burstStarts: [number, number] = [-Infinity, -Infinity];

  /** Pulses that the reed has taken and that lie ahead. */
  #pulsesAhead: Pulse[] = [];
  #unannounced: Pulse[] = [];
  #forwardPulses = 0;
  #reversePulses = 0;
  #lastPulse: Pulse | undefined;
  #lastIntervalMicroseconds = Infinity;

  /** The contacts as the wheel sets them. */
  #wheel: [boolean, boolean] = [false, false];
  #isMagnetHeld = false;
  /** Per contact, whether its conductor is cut. */
  #isCut: [boolean, boolean] = [false, false];

  constructor(options: PulseTransmitterOptions) {
    const { scheduler, pulses, input, litresPerPulse } = options;
    if (!(litresPerPulse > 0)) throw new RangeError("litresPerPulse must be above 0");
    this.#scheduler = scheduler;
    this.#input = input;
    this.#litresPerPulse = litresPerPulse;
    this.#reed = new Reed({ ...options, pulses: this.#watch(pulses) });
    input.onLook = () => {
      this.#deliver();
    };
    this.#schedule();
  }

  /** As of now. */
  get truth(): PulseTruth {
    this.#deliver();
    return { forwardPulses: this.#forwardPulses, reversePulses: this.#reversePulses };
  }

  /** The flow as the time between the last pulses tells it, negative in reverse; for a live view. */
  get flowLitresPerHour(): number {
    this.#deliver();
    if (!this.#lastPulse) return 0;
    const idle = this.#scheduler.nowMicroseconds - this.#lastPulse.atMicroseconds;
    if (idle > stillMicroseconds) return 0;
    const interval = Math.max(this.#lastIntervalMicroseconds, idle, 1);
    return (this.#lastPulse.direction * this.#litresPerPulse * 3600e6) / interval;
  }

  /** Somebody holds a magnet to the case, which closes every reed, or takes it away. */
  holdMagnet(isHeld: boolean): void {
    this.#deliver();
    this.#isMagnetHeld = isHeld;
    this.#rewire();
  }

  /** The sensor's cable is cut, which opens every contact for the input and the supervised loop, or mended. */
  cutWire(isCut: boolean): void {
    this.#deliver();
    this.#isCut = [isCut, isCut];
    this.#rewire();
    this.#input.cutLoop(isCut);
  }

  /** One contact's conductor breaks, which opens that contact for the input, or is mended. */
  cutConductor(contact: 0 | 1, isCut: boolean): void {
    this.#deliver();
    this.#isCut[contact] = isCut;
    this.#rewire();
  }

  #rewire(): void {
    const atMicroseconds = this.#scheduler.nowMicroseconds;
    for (const contact of [0, 1] as const) {
      const closed = !this.#isCut[contact] && (this.#isMagnetHeld || this.#wheel[contact]);
      this.#input.edge({ atMicroseconds, contact, closed });
    }
  }

  /** Notes every pulse on its way to the reed. */
  #watch(pulses: PulseSource): PulseSource {
    return {
      startEpochSeconds: pulses.startEpochSeconds,
      durationSeconds: pulses.durationSeconds,
      next: () => {
        const pulse = pulses.next();
        if (pulse) this.#pulsesAhead.push(pulse);
        return pulse;
      },
    };
  }

  #schedule(): void {
    const edgeMicroseconds = this.#nextBurst()?.atMicroseconds ?? Infinity;
    const next = Math.min(edgeMicroseconds, this.#pulsesAhead[0]?.atMicroseconds ?? Infinity);
    if (next === Infinity) return;
    this.#scheduler.schedule(next - this.#scheduler.nowMicroseconds, () => {
      this.#deliver();
      for (const pulse of this.#unannounced.splice(0)) this.onPulse?.(pulse);
      this.#schedule();
    });
  }

  /** The next edge that is more than a bounce. */
  #nextBurst(): ContactEdge | undefined {
    for (let index = this.#position; ; index++) {
      const edge = this.#edgeAt(index);
      if (!edge) return undefined;
      if (edge.atMicroseconds < this.#burstStarts[edge.contact] + burstMicroseconds) continue;
      this.#burstStarts[edge.contact] = edge.atMicroseconds;
      return edge;
    }
  }

  #edgeAt(index: number): ContactEdge | undefined {
    if (index === this.#edges.length) {
      const edge = this.#reed.next();
      if (edge) this.#edges.push(edge);
    }
    return this.#edges[index];
  }

  /** Brings the contacts and the truth up to now. */
  #deliver(): void {
    const { nowMicroseconds } = this.#scheduler;
    for (;;) {
      const edge = this.#edgeAt(this.#position);
      if (!edge || edge.atMicroseconds > nowMicroseconds) break;
      this.#position++;
      this.#wheel[edge.contact] = edge.closed;
      if (!this.#isMagnetHeld && !this.#isCut[edge.contact]) this.#input.edge(edge);
    }
    this.#edges.splice(0, this.#position);
    this.#position = 0;
    for (;;) {
      const pulse = this.#pulsesAhead[0];
      if (!pulse || pulse.atMicroseconds > nowMicroseconds) break;
      this.#pulsesAhead.shift();
      this.#pass(pulse);
    }
  }

  #pass(pulse: Pulse): void {
    if (pulse.direction === 1) this.#forwardPulses++;
    else this.#reversePulses++;
    if (this.#lastPulse)
      this.#lastIntervalMicroseconds = pulse.atMicroseconds - this.#lastPulse.atMicroseconds;
    this.#lastPulse = pulse;
    if (this.onPulse) this.#unannounced.push(pulse);
  }
}
