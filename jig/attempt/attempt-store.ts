import type { Attempt, RecipeIdentity } from "./attempt.js";

/** What no two units may share. */
export type IdentityKind = "serialNumber" | "imei" | "iccid";

export const keyPurposes = Object.freeze(["service", "unlock", "uplink"] as const);
export type KeyPurpose = (typeof keyPurposes)[number];

/** A unit's keys in the clear, for the way to the unit and nothing else. */
export interface IssuedKeys {
  /** Names the keys of this unit in records, reports and at the head-end. */
  readonly keyId: string;
  /** AES-128, 16 bytes each. */
  readonly keys: Readonly<Record<KeyPurpose, Uint8Array>>;
}

/** What is known of an attempt before the unit is touched. */
export interface AttemptStart {
  readonly id: string;
  /** From 1. */
  readonly slot: number;
  readonly recipe: RecipeIdentity;
  readonly startedAtMilliseconds: number;
}

/** Another unit has it already. The message is one line and names that unit. */
export class IdentityTaken extends Error {
  override readonly name = "IdentityTaken";
}

/** The store can't be used or is full. The message is one line and says what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/**
 * Where the station keeps what it has done. Each call returns once its outcome would survive the loss of power.
 * Every method throws a `StoreError` when it can't.
 */
export interface AttemptStore {
  /**
   * Says that an attempt begins. One that is never stored, because the station lost its power, is closed as ABORTED
   * when the store is opened again.
   */
  begin(start: AttemptStart): void;
  /**
   * Takes an identity for a unit, before the unit is told it. The same unit may take it again.
   * @throws {IdentityTaken} when it belongs to another unit.
   */
  claim(hardwareId: string, kind: IdentityKind, value: string): void;
  /** Makes new keys for an attempt and keeps them wrapped; they are the head-end's only after a PASS of that attempt. */
  issueKeys(hardwareId: string, attemptId: string): Promise<IssuedKeys>;
  /** Adds an attempt that was begun; one with an id that is there already changes nothing. */
  store(attempt: Attempt): void;
  close(): void;
}
