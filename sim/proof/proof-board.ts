import { createHash } from "node:crypto";
import type { Clock, TimeTrust, WallTime } from "../../hal/clock.js";
import type { Crypto } from "../../hal/crypto.js";
import type { FlashPartitionConstructor } from "../../hal/flash.js";
import type { PulseInputConnection } from "../../hal/hardware.js";
import type { Power, RetainedMemory, WakeCause } from "../../hal/power.js";
import type { PulseInput, PulseInputReading } from "../../hal/pulse-input.js";
import { retainedByteLength } from "../chip/boundary/port.js";
import { FaultyFlash, type FlashChange } from "../world/flash/faulty-flash.js";

/**
 * The partitions of a meter, each as small as its log allows (two sectors to a ring, three for the settings), so
 * that every ring goes round within a workload.
 */
export const proofPartitions = Object.freeze([
  { label: "journal", sectors: 8 },
  { label: "intervals", sectors: 4 },
  { label: "days", sectors: 4 },
  { label: "months", sectors: 4 },
  { label: "events", sectors: 4 },
  { label: "delivery", sectors: 4 },
  { label: "settings", sectors: 6 },
] as const);
export type PartitionLabel = (typeof proofPartitions)[number]["label"];

const sectorByteLength = 4096;
/** 2026-01-01T00:00:00Z. */
const firstEpochMilliseconds = 1_767_225_600_000;
const healthyMillivolts = 3600;

/** A chip whose whole state can be copied in a moment, with the HAL's objects that the firmware gets. */
export class ProofBoard {
  readonly partitions: readonly FaultyFlash[];
  /** True time, UTC. */
  epochMilliseconds = firstEpochMilliseconds;
  batteryMillivolts = healthyMillivolts;
  readonly hardware: ProofHardware;
  readonly #retained = new Uint8Array(retainedByteLength);
  #ticks = 0;
  #wallMinusTicks = 0;
  #trust: TimeTrust = "unset";
  #wakeCause: WakeCause = "power-on";
  #inputForward = 0;
  #inputReverse = 0;

  constructor() {
    this.partitions = proofPartitions.map(
      ({ label, sectors }) =>
        new FaultyFlash(label, { byteLength: sectors * sectorByteLength, sectorByteLength }),
    );
    this.hardware = {
      clock: this.#createClock(),
      power: this.#createPower(),
      input: this.#createInput(),
      crypto: proofCrypto,
      flash: { io: this.#createFlash() },
    };
  }

  get ticks(): number {
    return this.#ticks;
  }

  /** What the next start of the application sees. */
  set wakeCause(cause: WakeCause) {
    this.#wakeCause = cause;
  }

  /** Called before every program and erase of any partition. */
  set onChange(onChange: ((change: FlashChange) => void) | undefined) {
    for (const partition of this.partitions) partition.onChange = onChange;
  }

  partition(label: string): FaultyFlash {
    const found = this.partitions.find((partition) => partition.label === label);
    if (!found) throw new Error(`the chip has no partition "${label}"`);
    return found;
  }

  /** Bytes read from all partitions since `forgetReads`. */
  get bytesRead(): number {
    return this.partitions.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  }

  forgetReads(): void {
    for (const partition of this.partitions) partition.bytesRead = 0;
  }

  /** The application starts. */
  noteStart(): void {
    for (const partition of this.partitions) partition.noteStart();
  }

  /** Lets time pass. */
  wait(milliseconds: number): void {
    this.#ticks += milliseconds;
    this.epochMilliseconds += milliseconds;
  }

  passPulses(forward: number, reverse: number): void {
    this.#inputForward = (this.#inputForward + forward) >>> 0;
    this.#inputReverse = (this.#inputReverse + reverse) >>> 0;
  }

  /**
   * The battery is taken out and put back a while later: only flash keeps what it holds, and the retained memory
   * if the cells are lucky.
   */
  losePower(keepsRetained: boolean): void {
    this.epochMilliseconds += 60_000;
    this.#ticks = 0;
    this.#wallMinusTicks = 0;
    this.#trust = "unset";
    this.#inputForward = 0;
    this.#inputReverse = 0;
    this.#wakeCause = "power-on";
    if (keepsRetained) return;
    for (let index = 0; index < this.#retained.length; index++)
      this.#retained[index] = (index * 197 + 89) & 0xff;
  }

  copyFrom(other: ProofBoard): void {
    this.partitions.forEach((partition, index) => {
      partition.copyFrom(other.partitions[index] as FaultyFlash);
    });
    this.epochMilliseconds = other.epochMilliseconds;
    this.batteryMillivolts = other.batteryMillivolts;
    this.#retained.set(other.#retained);
    this.#ticks = other.#ticks;
    this.#wallMinusTicks = other.#wallMinusTicks;
    this.#trust = other.#trust;
    this.#wakeCause = other.#wakeCause;
    this.#inputForward = other.#inputForward;
    this.#inputReverse = other.#inputReverse;
  }

  #createClock(): Clock {
    const ticks = (): number => this.#ticks;
    const wallTime = (): WallTime => ({
      epochMilliseconds: this.#wallMinusTicks + this.#ticks,
      trust: this.#trust,
    });
    return {
      get ticks() {
        return ticks();
      },
      get wallTime() {
        return wallTime();
      },
      setWallTime: (epochMilliseconds, trust) => {
        this.#wallMinusTicks = epochMilliseconds - this.#ticks;
        this.#trust = trust;
      },
      setTimer: () => refuse("sets a timer"),
      clearTimer: () => refuse("clears a timer"),
    };
  }

  #createPower(): Power {
    const wakeCause = (): WakeCause => this.#wakeCause;
    const batteryMillivolts = (): number => this.batteryMillivolts;
    const retained: RetainedMemory = {
      byteLength: retainedByteLength,
      read: (target) => {
        target.set(this.#retained);
      },
      write: (bytes) => {
        this.#retained.set(bytes);
      },
    };
    return {
      get wakeCause() {
        return wakeCause();
      },
      get batteryMillivolts() {
        return batteryMillivolts();
      },
      retained,
      onBrownOut: undefined,
      sleep: () => refuse("sleeps"),
      restart: () => refuse("restarts"),
    };
  }

  #createInput(): PulseInputConnection {
    const read = (): PulseInputReading => ({
      forward: this.#inputForward,
      reverse: this.#inputReverse,
      illegalTransitions: 0,
      magnetEvents: 0,
      magnetPresent: false,
      sensorFaults: 0,
      oneSided: false,
      wireCut: false,
    });
    const io = class implements PulseInput {
      read = read;
      close(): void {
        // Counting goes on.
      }
    };
    return { io, sensor: "dual-reed" };
  }

  #createFlash(): FlashPartitionConstructor {
    const find = (label: string): FaultyFlash => this.partition(label);
    // A constructor may return another object, which is how the HAL's class becomes a view of the chip.
    return function ({ partition }: { readonly partition: string }) {
      return find(partition);
    } as unknown as FlashPartitionConstructor;
  }
}

/** The part of the HAL that metering and storage need. */
export interface ProofHardware {
  readonly clock: Clock;
  readonly power: Power;
  readonly input: PulseInputConnection;
  readonly crypto: Crypto;
  readonly flash: { readonly io: FlashPartitionConstructor };
}

const proofCrypto: Crypto = Object.freeze({
  sha256: (message: Uint8Array) => new Uint8Array(createHash("sha256").update(message).digest()),
  encryptAes128Block: () => refuse("encrypts"),
  fillRandom: () => refuse("draws random bytes"),
});

function refuse(what: string): never {
  throw new Error(`nothing in the storage ${what}`);
}
