import type { Boot } from "../../../hal/boot.js";
import type { Clock, TimerHandle, TimeTrust, WallTime } from "../../../hal/clock.js";
import type { Crypto } from "../../../hal/crypto.js";
import type { Power, RetainedMemory, SleepRequest, WakeCause } from "../../../hal/power.js";
import type { Seal } from "../../../hal/seal.js";
import type { Watchdog } from "../../../hal/watchdog.js";
import type { Link } from "../boundary/link.js";
import { Operation, retainedByteLength, timeTrusts, wakeCauses } from "../boundary/port.js";

function requireCount(value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${name} must be an integer of at least 0`);
}

export class LinkClock implements Clock {
  #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  get ticks(): number {
    return this.#link.ticks;
  }

  get wallTime(): WallTime {
    return {
      epochMilliseconds: this.#link.call(Operation.wallTime) as number,
      trust: timeTrusts[this.#link.call(Operation.timeTrust) as number] ?? "unset",
    };
  }

  setWallTime(epochMilliseconds: number, trust: TimeTrust): void {
    requireCount(epochMilliseconds, "epochMilliseconds");
    this.#link.call(Operation.setWallTime, epochMilliseconds, timeTrusts.indexOf(trust));
  }

  setTimer(callback: () => void, delayMilliseconds: number): TimerHandle {
    if (!Number.isFinite(delayMilliseconds) || delayMilliseconds < 0)
      throw new RangeError("delayMilliseconds must be at least 0");
    return this.#link.startTimer(callback, Math.ceil(delayMilliseconds));
  }

  clearTimer(handle: TimerHandle): void {
    this.#link.stopTimer(handle);
  }
}

class LinkRetainedMemory implements RetainedMemory {
  readonly byteLength = retainedByteLength;
  #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  read(target: Uint8Array): void {
    if (target.byteLength !== this.byteLength)
      throw new RangeError(`target must hold ${this.byteLength} bytes`);
    this.#link.call(Operation.retainedRead, 0, 0, 0, target);
  }

  write(bytes: Uint8Array): void {
    if (bytes.byteLength !== this.byteLength) throw new RangeError(`bytes must be ${this.byteLength} long`);
    this.#link.call(Operation.retainedWrite, 0, 0, 0, bytes);
  }
}

export class LinkPower implements Power {
  readonly retained: RetainedMemory;
  #link: Link;

  constructor(link: Link) {
    this.#link = link;
    this.retained = new LinkRetainedMemory(link);
  }

  get wakeCause(): WakeCause {
    return wakeCauses[this.#link.call(Operation.wakeCause) as number] ?? "power-on";
  }

  get batteryMillivolts(): number {
    return this.#link.call(Operation.batteryMillivolts) as number;
  }

  get onBrownOut(): (() => void) | undefined {
    return this.#link.onBrownOut;
  }

  set onBrownOut(callback: (() => void) | undefined) {
    this.#link.onBrownOut = callback;
  }

  sleep(request: SleepRequest): void {
    requireCount(request.untilTicks, "untilTicks");
    requireCount(request.afterPulses, "afterPulses");
    this.#link.call(
      Operation.sleep,
      request.untilTicks,
      request.afterPulses,
      request.onServiceButton ? 1 : 0,
    );
  }

  restart(): void {
    this.#link.call(Operation.restart);
  }
}

export class LinkWatchdog implements Watchdog {
  #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  feed(timeoutSeconds: number): void {
    if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > 3600)
      throw new RangeError("timeoutSeconds must be an integer from 1 to 3600");
    this.#link.call(Operation.watchdogFeed, timeoutSeconds);
  }
}

export class LinkBoot implements Boot {
  #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  get runningSlot(): string {
    return this.#link.call(Operation.bootSlot) as string;
  }

  get imageHash(): string {
    return this.#link.call(Operation.bootImageHash) as string;
  }

  get isTrial(): boolean {
    return this.#link.call(Operation.bootIsTrial) === 1;
  }

  markValid(): void {
    this.#link.call(Operation.bootMarkValid);
  }

  rollBack(): void {
    this.#link.call(Operation.bootRollBack);
  }
}

export class LinkSeal implements Seal {
  #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  get isSealed(): boolean {
    return this.#link.call(Operation.sealRead) === 1;
  }

  burn(): boolean {
    return this.#link.call(Operation.sealBurn) === 1;
  }
}

export class LinkCrypto implements Crypto {
  #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  encryptAes128Block(key: Uint8Array, block: Uint8Array): Uint8Array {
    if (key.byteLength !== 16 || block.byteLength !== 16)
      throw new RangeError("key and block must be 16 bytes");
    const both = new Uint8Array(32);
    both.set(key);
    both.set(block, 16);
    return this.#link.call(Operation.aes128, 0, 0, 0, both) as Uint8Array;
  }

  sha256(message: Uint8Array): Uint8Array {
    return this.#link.call(Operation.sha256, 0, 0, 0, message) as Uint8Array;
  }

  fillRandom(target: Uint8Array): void {
    if (target.byteLength > 256) throw new RangeError("target must hold at most 256 bytes");
    this.#link.call(Operation.random, target.byteLength, 0, 0, target);
  }
}
