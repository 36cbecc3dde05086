import type { Limits, MeasuredValue } from "./limits.js";
import type { AttemptOutcome, PhaseOutcome } from "./outcome.js";

/** One attempt at one unit from start to end, as it is stored. Times are epoch milliseconds of the station's clock. */
export interface Attempt {
  /** Unique for ever, so that storing it twice can be told from two attempts. */
  readonly id: string;
  readonly unit: UnitIdentity;
  readonly recipe: RecipeIdentity;
  readonly station: string;
  /** From 1. */
  readonly slot: number;
  readonly startedAtMilliseconds: number;
  readonly endedAtMilliseconds: number;
  readonly outcome: AttemptOutcome;
  /** Why it did not pass, in one line for people. */
  readonly reason?: string;
  /** In the order in which they ran; a phase that was repeated is here once for each try. */
  readonly phases: readonly PhaseRun[];
}

/** What is known of the unit at the end; nothing of it where the unit never answered. */
export interface UnitIdentity {
  /** The chip's own identity, by which a unit is known before it has a serial number. */
  readonly hardwareId?: string;
  /** As scanned or typed, whether or not the unit has taken it. */
  readonly serialNumber?: string;
  readonly imei?: string;
  readonly iccid?: string;
  /** Names the device's key; the key itself is in no attempt. */
  readonly keyId?: string;
  readonly firmwareVersion?: string;
  readonly firmwareHash?: string;
}

export interface RecipeIdentity {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the recipe's file, hexadecimal. */
  readonly hash: string;
}

export interface PhaseRun {
  /** Unique within the recipe. */
  readonly name: string;
  /** From 1. */
  readonly tryNumber: number;
  readonly outcome: PhaseOutcome;
  readonly reason?: string;
  readonly startedAtMilliseconds: number;
  readonly endedAtMilliseconds: number;
  readonly measurements: readonly Measurement[];
  readonly attachments: readonly Attachment[];
}

export interface Measurement {
  /** Unique within the phase. */
  readonly name: string;
  /** Missing where the phase ended before it was measured; that is no pass. */
  readonly value?: MeasuredValue;
  /** As people read it, such as `uA`; missing for texts and counts. */
  readonly unit?: string;
  /** Missing for a value that is only recorded. */
  readonly limits?: Limits;
  readonly outcome: "PASS" | "FAIL";
  readonly isMarginal: boolean;
}

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}
