import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { IdentityKind } from "../attempt/attempt-store.js";
import type { RecipeIdentity } from "../attempt/attempt.js";
import type { StoredAttempt } from "./stored-attempt.js";

/** The first entry: which database this is, so that an entry fits no other chain. */
export interface OriginEntry {
  readonly type: "origin";
  readonly databaseId: string;
  readonly station: string;
  readonly atMilliseconds: number;
}

/** Written before a unit is touched, so that an attempt the station did not survive is known. */
export interface BeginEntry {
  readonly type: "begin";
  readonly attemptId: string;
  readonly station: string;
  readonly slot: number;
  readonly recipe: RecipeIdentity;
  readonly atMilliseconds: number;
}

/** From here on the value belongs to the unit, whatever becomes of it. */
export interface ClaimEntry {
  readonly type: "claim";
  readonly kind: IdentityKind;
  readonly value: string;
  readonly hardwareId: string;
  readonly atMilliseconds: number;
}

/** Keys made for one attempt, as only the head-end can read them. They are spent, whatever becomes of the attempt. */
export interface KeyEntry {
  readonly type: "key";
  readonly keyId: string;
  readonly hardwareId: string;
  readonly attemptId: string;
  readonly wrapped: WrappedKeys;
  readonly atMilliseconds: number;
}

/** Of RFC 9180; binary fields in base64. */
export interface WrappedKeys {
  /** SHA-256 of the head-end's raw public key, hexadecimal: which of its keys opens this. */
  readonly recipient: string;
  readonly encapsulated: string;
  readonly ciphertext: string;
}

export interface AttemptEntry {
  readonly type: "attempt";
  readonly attempt: StoredAttempt;
}

export type EntryBody = OriginEntry | BeginEntry | ClaimEntry | KeyEntry | AttemptEntry;

/** A line of the table as it is stored. */
export interface EntryRow {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** JSON in the canonical form of RFC 8785. */
  readonly body: string;
  /** 32 bytes: SHA-256 of the predecessor's digest followed by the body in UTF-8; zeros stand before the first. */
  readonly digest: Buffer;
}

export const digestBeforeFirst: Buffer = Buffer.alloc(32);

export function entryText(body: unknown): string {
  const text = canonicalize(body);
  if (text === undefined) throw new TypeError("an entry is an object");
  return text;
}

export function entryDigest(previous: Uint8Array, text: string): Buffer {
  return createHash("sha256").update(previous).update(text, "utf8").digest();
}
