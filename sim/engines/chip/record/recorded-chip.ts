import { Operation, timeTrusts, wakeCauses } from "../../../chip/boundary/port.js";
import { asciiBytes } from "../../../../hal/base/text.js";
import type { Boot } from "../../../../hal/boot.js";
import type { Clock, TimerHandle, TimeTrust, WallTime } from "../../../../hal/clock.js";
import type { Crypto } from "../../../../hal/crypto.js";
import type { Power, RetainedMemory, SleepRequest, WakeCause } from "../../../../hal/power.js";
import type { Seal } from "../../../../hal/seal.js";
import type { Watchdog } from "../../../../hal/watchdog.js";
import { recorded, recordedLast } from "./recorder.js";

export class RecordedClock implements Clock {
  #clock: Clock;
  #lastTimer = 0;
  /** The numbers of pending timers, by handle. */
  #timers = new Map<TimerHandle, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get ticks(): number {
    return this.#clock.ticks;
  }

  get wallTime(): WallTime {
    const { wallTime } = this.#clock;
    return {
      epochMilliseconds: recorded(
        { operation: Operation.wallTime },
        () => wallTime.epochMilliseconds,
        (result) => result,
      ),
      trust: recorded(
        { operation: Operation.timeTrust },
        () => wallTime.trust,
        (trust) => timeTrusts.indexOf(trust),
      ),
    };
  }

  setWallTime(epochMilliseconds: number, trust: TimeTrust): void {
    const asked = { operation: Operation.setWallTime, a: epochMilliseconds, b: timeTrusts.indexOf(trust) };
    recorded(asked, () => {
      this.#clock.setWallTime(epochMilliseconds, trust);
    });
  }

  setTimer(callback: () => void, delayMilliseconds: number): TimerHandle {
    const timer = ++this.#lastTimer;
    const asked = { operation: Operation.setTimer, a: timer, b: Math.ceil(delayMilliseconds) };
    const handle: TimerHandle = recorded(asked, () =>
      this.#clock.setTimer(() => {
        this.#timers.delete(handle);
        callback();
      }, delayMilliseconds),
    );
    this.#timers.set(handle, timer);
    return handle;
  }

  clearTimer(handle: TimerHandle): void {
    const timer = this.#timers.get(handle);
    if (timer === undefined) return;
    this.#timers.delete(handle);
    recorded({ operation: Operation.clearTimer, a: timer }, () => {
      this.#clock.clearTimer(handle);
    });
  }
}

class RecordedRetainedMemory implements RetainedMemory {
  #memory: RetainedMemory;

  constructor(memory: RetainedMemory) {
    this.#memory = memory;
  }

  get byteLength(): number {
    return this.#memory.byteLength;
  }

  read(target: Uint8Array): void {
    const read = (): void => {
      this.#memory.read(target);
    };
    recorded({ operation: Operation.retainedRead }, read, () => target);
  }

  write(bytes: Uint8Array): void {
    recorded({ operation: Operation.retainedWrite, content: bytes }, () => {
      this.#memory.write(bytes);
    });
  }
}

export class RecordedPower implements Power {
  readonly retained: RetainedMemory;
  #power: Power;

  constructor(power: Power) {
    this.#power = power;
    this.retained = new RecordedRetainedMemory(power.retained);
  }

  get wakeCause(): WakeCause {
    const asked = { operation: Operation.wakeCause };
    return recorded(
      asked,
      () => this.#power.wakeCause,
      (cause) => wakeCauses.indexOf(cause),
    );
  }

  get batteryMillivolts(): number {
    const asked = { operation: Operation.batteryMillivolts };
    return recorded(
      asked,
      () => this.#power.batteryMillivolts,
      (millivolts) => millivolts,
    );
  }

  get onBrownOut(): (() => void) | undefined {
    return this.#power.onBrownOut;
  }

  set onBrownOut(callback: (() => void) | undefined) {
    this.#power.onBrownOut = callback;
  }

  sleep(request: SleepRequest): void {
    const { untilTicks, afterPulses, onServiceButton } = request;
    const asked = {
      operation: Operation.sleep,
      a: untilTicks,
      b: afterPulses,
      c: onServiceButton ? 1 : 0,
    };
    recordedLast(asked, () => {
      this.#power.sleep(request);
    });
  }

  restart(): void {
    recordedLast({ operation: Operation.restart }, () => {
      this.#power.restart();
    });
  }
}

export class RecordedWatchdog implements Watchdog {
  #watchdog: Watchdog;

  constructor(watchdog: Watchdog) {
    this.#watchdog = watchdog;
  }

  feed(timeoutSeconds: number): void {
    recorded({ operation: Operation.watchdogFeed, a: timeoutSeconds }, () => {
      this.#watchdog.feed(timeoutSeconds);
    });
  }
}

export class RecordedBoot implements Boot {
  #boot: Boot;

  constructor(boot: Boot) {
    this.#boot = boot;
  }

  get runningSlot(): string {
    return recorded({ operation: Operation.bootSlot }, () => this.#boot.runningSlot, asciiBytes);
  }

  get imageHash(): string {
    return recorded({ operation: Operation.bootImageHash }, () => this.#boot.imageHash, asciiBytes);
  }

  get isTrial(): boolean {
    return recorded({ operation: Operation.bootIsTrial }, () => this.#boot.isTrial, Number);
  }

  markValid(): void {
    recorded({ operation: Operation.bootMarkValid }, () => {
      this.#boot.markValid();
    });
  }

  rollBack(): void {
    recordedLast({ operation: Operation.bootRollBack }, () => {
      this.#boot.rollBack();
    });
  }
}

export class RecordedSeal implements Seal {
  #seal: Seal;

  constructor(seal: Seal) {
    this.#seal = seal;
  }

  get isSealed(): boolean {
    return recorded({ operation: Operation.sealRead }, () => this.#seal.isSealed, Number);
  }

  burn(): boolean {
    return recorded({ operation: Operation.sealBurn }, () => this.#seal.burn(), Number);
  }
}

export class RecordedCrypto implements Crypto {
  #crypto: Crypto;

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  encryptAes128Block(key: Uint8Array, block: Uint8Array): Uint8Array {
    const both = new Uint8Array(key.length + block.length);
    both.set(key);
    both.set(block, key.length);
    const asked = { operation: Operation.aes128, content: both };
    return recorded(
      asked,
      () => this.#crypto.encryptAes128Block(key, block),
      (encrypted) => encrypted,
    );
  }

  sha256(message: Uint8Array): Uint8Array {
    const asked = { operation: Operation.sha256, content: message };
    return recorded(
      asked,
      () => this.#crypto.sha256(message),
      (digest) => digest,
    );
  }

  fillRandom(target: Uint8Array): void {
    const fill = (): void => {
      this.#crypto.fillRandom(target);
    };
    recorded({ operation: Operation.random, a: target.byteLength }, fill, () => target);
  }
}
