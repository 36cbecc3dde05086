import { writeUnsigned } from "../../hal/base/bytes.js";
import { encodeHexadecimal } from "../../hal/base/bytes.js";
import { asciiBytes } from "../../hal/base/text.js";
import type { AccessCounters, KeyName } from "../settings/settings-store.js";

import { hmacSha256, isSameDigest } from "./hmac-sha-256.js";
import type { MeterAccess } from "./meter-access.js";
import type { Level } from "../contracts/service-commands.js";
import {
  authenticationLabel,
  challengeSeconds,
  ErrorCode,
  sessionSeconds,
  unlockLabel,
} from "../contracts/service-protocol.js";
import { eventsRefused, hardwareFailure, notReady, Refusal, settingsRefused } from "./refusal.js";

const challengeByteLength = 16;
/**
 * Failed attempts in a row that cost nothing, and the pause after each further one. It does not grow: keys have 128 bits, so
 * that a million attempts in a year are none, but whoever fails on purpose must not keep those out who have the key.
 */
const freeFailures = 3;
const pauseSeconds = 30;
const unlockedSeconds = 3600;

/**
 * Who may do what at the service port.
 *
 * A meter is in production until its chip's seal is burnt, whatever its flash holds: a blank store is a new meter's
 * before that, and tells nothing after it. A sealed meter is locked. A token opens it for an hour at most, which lives
 * in retained memory alone, so that a reset or a loss of power locks it again, and nothing in flash can open it.
 */
export class Access {
  #meter: MeterAccess;
  #challenge: Uint8Array | undefined;
  #challengeTicks = 0;
  #sessionTicks: number | undefined;

  constructor(meter: MeterAccess) {
    this.#meter = meter;
  }

  get isLocked(): boolean {
    const { access } = this.#meter;
    return !access.isInProduction && this.ticks >= access.unlockedUntilTicks;
  }

  /** True for whoever has shown a key, and before the lock. */
  get isTrusted(): boolean {
    return !this.isLocked || this.hasSession;
  }

  /** Why a command of this level is refused now; undefined when it is not. */
  problem(level: Level): Refusal | undefined {
    if (level === "production")
      return this.isLocked ? new Refusal(ErrorCode.locked, "the meter is locked") : undefined;
    if (level === "open" || this.#meter.access.isInProduction) return undefined;
    if (!this.hasSession)
      return new Refusal(ErrorCode.notAuthenticated, "ask for a challenge and authenticate first");
    this.#sessionTicks = this.ticks;
    return undefined;
  }

  /** A new challenge; an earlier one is void. */
  challenge(): Uint8Array {
    this.#challenge = new Uint8Array(challengeByteLength);
    this.#meter.hardware.crypto.fillRandom(this.#challenge);
    this.#challengeTicks = this.ticks;
    return this.#challenge;
  }

  /** Opens a session; undefined when it did. */
  authenticate(response: Uint8Array): Refusal | undefined {
    const challenge = this.#challenge;
    this.#challenge = undefined;
    if (!challenge || this.ticks - this.#challengeTicks > challengeSeconds * 1000)
      return notReady("ask for a challenge first");
    const refusal = this.attempt("service", authenticationLabel, challenge, response);
    if (!refusal) this.#sessionTicks = this.ticks;
    return refusal;
  }

  /** Opens the lock for an hour; undefined when it did. */
  unlock(counter: number, token: Uint8Array): Refusal | undefined {
    const { store, retained, access } = this.#meter;
    const bytes = new Uint8Array(4);
    writeUnsigned(bytes, 0, 4, counter);
    const refusal = this.attempt("unlock", unlockLabel, bytes, token, counter);
    if (refusal) return refusal;
    // The token is used up before it does anything.
    if (!store.storeAccessCounters({ failures: 0, unlockCounter: counter })) return settingsRefused();
    if (!this.#meter.note("unlocked", counter)) return eventsRefused();
    access.unlockedUntilTicks = this.ticks + unlockedSeconds * 1000;
    retained.save();
    return undefined;
  }

  /** Burns the seal, the one step that counts, and ends an unlocked hour; undefined when it did. */
  lock(): Refusal | undefined {
    const { retained, access, hardware } = this.#meter;
    if (!this.#meter.note("locked", 0)) return eventsRefused();
    if (!hardware.seal.isSealed && !hardware.seal.burn()) return hardwareFailure("the seal does not burn");
    access.isInProduction = false;
    access.unlockedUntilTicks = 0;
    retained.save();
    return undefined;
  }

  private get hasSession(): boolean {
    return this.#sessionTicks !== undefined && this.ticks - this.#sessionTicks <= sessionSeconds * 1000;
  }

  /** Seconds until another attempt is allowed; 0 when it is. A loss of power begins the pause anew. */
  private pauseLeft({ failures }: AccessCounters): number {
    if (failures < freeFailures) return 0;
    const since = this.ticks - this.#meter.access.refusedTicks;
    return Math.max(0, Math.ceil(pauseSeconds - since / 1000));
  }

  /** Books the attempt as failed before it is judged: taking the power away at the right moment gains nothing. */
  private attempt(
    keyName: KeyName,
    label: string,
    message: Uint8Array,
    digest: Uint8Array,
    counter?: number,
  ): Refusal | undefined {
    const { store, retained, access, hardware } = this.#meter;
    const key = store.key(keyName);
    if (!key) return notReady(`the meter has no ${keyName} key`);
    const counters = store.accessCounters;
    const pause = this.pauseLeft(counters);
    if (pause > 0) return new Refusal(ErrorCode.lockedOut, `too many failures, wait ${pause} s`, pause);
    const failures = counters.failures + 1;
    if (!store.storeAccessCounters({ ...counters, failures })) return settingsRefused();
    const prefix = asciiBytes(label + hardware.hardwareId);
    const whole = new Uint8Array(prefix.byteLength + message.byteLength);
    whole.set(prefix);
    whole.set(message, prefix.byteLength);
    const isRight = isSameDigest(hmacSha256(hardware.crypto, key, whole), digest);
    if (isRight && (counter === undefined || counter > counters.unlockCounter)) {
      store.storeAccessCounters({ ...counters, failures: 0 });
      return undefined;
    }
    access.refusedTicks = this.ticks;
    retained.save();
    // Each would push an older event out of the log, and who fails without end shall not empty it.
    if (failures <= freeFailures || isPowerOfTwo(failures))
      this.#meter.note("authentication-failed", failures);
    return new Refusal(ErrorCode.authenticationFailed, "wrong, and counted");
  }

  private get ticks(): number {
    return this.#meter.hardware.clock.ticks;
  }
}

function isPowerOfTwo(count: number): boolean {
  return (count & (count - 1)) === 0;
}

/** Hexadecimal digits in lower case. */
export function hexadecimalOf(bytes: Uint8Array): string {
  return encodeHexadecimal(bytes).toLowerCase();
}
