import type { PulseInputOptions } from "../../../../hal/pulse-input.js";
import { World } from "../../../../sim/kernel/world.js";
import type { Pulse, PulseSource } from "../../../../sim/world/demand/pulse-source.js";
import { PulseInputModel, type PulseInputModelOptions } from "../../../../sim/world/sensors/pulse-input.js";
import type { ContactEdge } from "../../../../sim/world/sensors/reed.js";

/** A pulse input with polls at every 5 ms, a debounce of 5 ms and a magnet time of 15 s, moved by hand. */
export class InputBench {
  readonly world = new World();
  readonly input: PulseInputModel;
  /** Times of `onCount` in milliseconds. */
  readonly countedAt: number[] = [];

  constructor(sensor: PulseInputOptions["sensor"], options: Partial<PulseInputModelOptions> = {}) {
    this.input = new PulseInputModel({
      scheduler: this.world,
      boardDefault: { sensor, debounceMilliseconds: 5, magnetSeconds: 15 },
      ...options,
    });
    this.input.onCount = () => {
      this.countedAt.push(this.world.nowMicroseconds / 1000);
    };
  }

  /** Moves contact A or B at a time since the start. */
  move(atMilliseconds: number, contact: "A" | "B", state: "closed" | "open"): void {
    this.runUntil(atMilliseconds);
    this.input.edge({
      atMicroseconds: atMilliseconds * 1000,
      contact: contact === "A" ? 0 : 1,
      closed: state === "closed",
    });
  }

  /** Brings both contacts to a state such as "10" (A closed, B open), at the same moment. */
  bring(atMilliseconds: number, state: string): void {
    this.move(atMilliseconds, "A", state.startsWith("1") ? "closed" : "open");
    this.move(atMilliseconds, "B", state.endsWith("1") ? "closed" : "open");
  }

  /** Goes through states such as "10 11 01 00", 100 ms each, from `fromMilliseconds` on, and waits for the last. */
  walk(states: string, fromMilliseconds = 100): void {
    let at = fromMilliseconds;
    for (const state of states.split(" ")) {
      this.bring(at, state);
      at += 100;
    }
    this.runUntil(at);
  }

  runUntil(atMilliseconds: number): void {
    // The clock only stands where an event is.
    this.world.schedule(atMilliseconds * 1000 - this.world.nowMicroseconds, () => undefined);
    while (this.world.nextMicroseconds !== undefined && this.world.nextMicroseconds <= atMilliseconds * 1000)
      this.world.step();
  }
}

/** A source that gives the pulses of a list. */
export function pulsesOf(list: readonly Pulse[]): PulseSource {
  let index = 0;
  return { startEpochSeconds: undefined, durationSeconds: undefined, next: () => list[index++] };
}

export function forwardPulsesAt(...milliseconds: number[]): Pulse[] {
  return milliseconds.map((at) => ({ atMicroseconds: at * 1000, direction: 1 }));
}

/** Everything a source gives. */
export function drain(source: { next(): ContactEdge | undefined }): ContactEdge[] {
  const edges: ContactEdge[] = [];
  for (let edge = source.next(); edge; edge = source.next()) edges.push(edge);
  return edges;
}
