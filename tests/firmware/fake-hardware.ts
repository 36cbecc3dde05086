import { createHash } from "node:crypto";
import type { Clock, TimeTrust, WallTime } from "../../hal/clock.js";
import type { Crypto } from "../../hal/crypto.js";
import type { FlashPartitionConstructor } from "../../hal/flash.js";
import type { PulseInputConnection } from "../../hal/hardware.js";
import type { Power, RetainedMemory, WakeCause } from "../../hal/power.js";
import type { PulseInput, PulseInputOptions, PulseInputReading } from "../../hal/pulse-input.js";
import { retainedByteLength } from "../../sim/chip/boundary/port.js";
import { Random } from "../../sim/kernel/random.js";
import { FakeFlash } from "./fake-flash.js";

/** What only a visit at the service port touches, on a meter that has left the factory. */
export const sealedChip = {
  hardwareId: "020000000001",
  meteringChecksum: "c0ffee",
  seal: {
    isSealed: true,
    burn: (): never => {
      throw new Error("nothing under test burns a fuse");
    },
  },
  rails: [],
};

/** A clock that moves only when a test says so. */
export class FakeClock implements Clock {
  ticks = 0;
  #epochAtZeroTicks = 0;
  #trust: TimeTrust = "unset";

  get wallTime(): WallTime {
    return { epochMilliseconds: this.#epochAtZeroTicks + this.ticks, trust: this.#trust };
  }

  setWallTime(epochMilliseconds: number, trust: TimeTrust): void {
    this.#epochAtZeroTicks = epochMilliseconds - this.ticks;
    this.#trust = trust;
  }

  setTimer(): never {
    throw new Error("nothing under test sets a timer: leave out the duty that is due, or use VirtualClock");
  }

  clearTimer(): never {
    throw new Error("nothing under test clears a timer");
  }

  /** Ticks begin at 0 and the date is lost. */
  losePower(): void {
    this.ticks = 0;
    this.setWallTime(0, "unset");
  }
}

/** Low-power memory, full of noise when it gets power. */
export class FakeRetainedMemory implements RetainedMemory {
  readonly byteLength = retainedByteLength;
  bytes = new Uint8Array(this.byteLength);
  #noise = new Random("retained memory");

  constructor() {
    this.losePower();
  }

  read(target: Uint8Array): void {
    target.set(this.bytes);
  }

  write(bytes: Uint8Array): void {
    if (bytes.byteLength !== this.byteLength) throw new RangeError("retained memory is written whole");
    this.bytes = bytes.slice();
  }

  losePower(): void {
    this.#noise.fill(this.bytes);
  }
}

export class FakePower implements Power {
  wakeCause: WakeCause = "power-on";
  batteryMillivolts = 3600;
  readonly retained = new FakeRetainedMemory();
  onBrownOut: (() => void) | undefined;

  sleep(): never {
    throw new Error("nothing under test goes to sleep by itself");
  }

  restart(): never {
    throw new Error("nothing under test restarts by itself");
  }
}

const nothingCounted = {
  forward: 0,
  reverse: 0,
  illegalTransitions: 0,
  magnetEvents: 0,
  magnetPresent: false,
  sensorFaults: 0,
  oneSided: false,
  wireCut: false,
};

/** The hardware's counters, which a test turns by hand. */
export class FakePulseInput {
  reading = { ...nothingCounted };
  /** With what the input was opened last. */
  options: PulseInputOptions | undefined;
  isOpen = false;

  pass(forward: number, reverse = 0): void {
    this.reading.forward = (this.reading.forward + forward) >>> 0;
    this.reading.reverse = (this.reading.reverse + reverse) >>> 0;
  }

  losePower(): void {
    this.reading = { ...nothingCounted };
  }

  get connection(): PulseInputConnection {
    const open = (options: PulseInputOptions): void => {
      this.options = options;
      this.isOpen = true;
    };
    const read = (): PulseInputReading => ({ ...this.reading });
    const close = (): void => {
      this.isOpen = false;
    };
    const io = class implements PulseInput {
      constructor(options: PulseInputOptions) {
        open(options);
      }
      read = read;
      close = close;
    };
    return { io, sensor: "dual-reed" };
  }
}

/** Partitions by label, opened as the firmware opens them. */
export class FakeFlashChip {
  readonly partitions: ReadonlyMap<string, FakeFlash>;
  readonly io: FlashPartitionConstructor;

  constructor(table: Readonly<Record<string, number>>) {
    this.partitions = new Map(
      Object.entries(table).map(([label, sectors]) => [label, new FakeFlash(sectors)]),
    );
    const find = (label: string): FakeFlash => this.partition(label);
    // A constructor may return another object, which is how the HAL's class becomes a view of the chip.
    this.io = function ({ partition }: { readonly partition: string }) {
      return find(partition);
    } as unknown as FlashPartitionConstructor;
  }

  partition(label: string): FakeFlash {
    const found = this.partitions.get(label);
    if (!found) throw new Error(`the chip has no partition "${label}"`);
    return found;
  }
}

/** Randomness from a seed, and a true SHA-256. */
export class FakeCrypto implements Crypto {
  #random: Random;

  constructor(seed: number | string) {
    this.#random = new Random(seed);
  }

  fillRandom(target: Uint8Array): void {
    this.#random.fill(target);
  }

  encryptAes128Block(): never {
    throw new Error("nothing under test encrypts");
  }

  sha256(message: Uint8Array): Uint8Array {
    return Uint8Array.from(createHash("sha256").update(message).digest());
  }
}
