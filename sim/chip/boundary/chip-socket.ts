import type { PortCall, PortResult } from "./port.js";

/** Where an engine is a whole chip: it decides itself when a sleep ends. */
export interface SleepingChip {
  /** Something may end the sleep: its time has come, or somebody presses the button. */
  look(isButtonPressed: boolean): void;
  /** Pulses were counted while the chip slept. */
  count(): void;
  /** A contact has moved. */
  contact(): void;
  /** Whatever the chip was about is over: it starts anew, or has no power. */
  halt(): void;
}

/** What a whole chip is soldered to: more of its board than what the application asks for. */
export interface ChipSocket {
  /** To be set before the power comes. */
  chip: SleepingChip | undefined;
  readonly isAwake: boolean;
  /** Index into `wakeCauses`. */
  readonly wakeCauseNumber: number;
  /** How long the start took that has ended last. */
  readonly startMicroseconds: number;
  /** Of the low-power clock, since the power came. */
  readonly clockMicroseconds: number;
  /** As the boundary, of the chip's own doings, which are no part of the trace. */
  readonly operate: PortCall;
  /** Notes in the trace what the application asks of its hardware, where it does so without crossing the boundary. */
  noteCall(operation: number, a: number, b: number, c: number, bytes: Uint8Array | undefined): void;
  noteResult(result: PortResult): void;
  /** What the contacts did since this was asked last, as `ContactFeed` has it. */
  takeContacts(byteLength: number): Uint8Array;
  /** The chip sleeps and looks again when its clock shows so much, undefined for never. */
  sleepChip(untilMicroseconds: number | undefined): void;
  /** The chip leaves its sleep: index into `wakeCauses`. */
  startChip(cause: number): void;
  /** Calls `action` after so much of the world's time. */
  after(microseconds: number, action: () => void): void;
  /** An event for the chip, by its number; lost while that sleeps. */
  push(event: number, a?: number, b?: number): void;
}
