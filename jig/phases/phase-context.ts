import type { AttemptStore, IssuedKeys } from "../attempt/attempt-store.js";
import type { UnitIdentity } from "../attempt/attempt.js";
import type { MeasuredValue } from "../attempt/limits.js";
import type { Instruments } from "../instruments/instruments.js";
import type { MeterClient } from "../meter/meter-client.js";
import type { SlotClock } from "../attempt/slot-clock.js";

export type PhaseSettings<Setting extends string = string> = Readonly<Record<Setting, number>>;

/** What is known of the unit so far; phases add to it. */
export type UnitFacts = { -readonly [Fact in keyof UnitIdentity]: UnitIdentity[Fact] };

export interface Memory {
  /** To prove that the unit has them. */
  issued?: IssuedKeys;
  clockReference?: ClockReference;
  /** By the slot's clock. */
  magnetSinceMilliseconds?: number;
}

/** What the meter's clock showed, and the slot's at the same moment. */
export interface ClockReference {
  readonly uptimeMilliseconds: number;
  readonly atMilliseconds: number;
}

/** What a phase has in hand. */
export interface PhaseContext<Setting extends string = string> {
  readonly attemptId: string;
  readonly settings: PhaseSettings<Setting>;
  readonly meter: MeterClient;
  readonly instruments: Instruments;
  readonly store: Pick<AttemptStore, "claim" | "issueKeys">;
  readonly clock: SlotClock;
  readonly unit: UnitFacts;
  /** SHA-256 of the firmware image that units must have, hexadecimal; undefined where nobody said. */
  readonly imageHash: string | undefined;
  /** What phases leave for those after them; the keys are wiped when the attempt ends. */
  readonly memory: Memory;
  /** Records a value of one of the kind's measurements; a later one takes the place of an earlier. */
  readonly measure: (name: string, value: MeasuredValue) => void;
  readonly attach: (name: string, mediaType: string, content: string | Uint8Array) => void;
}
