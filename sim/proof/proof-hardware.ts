import { hash } from "node:crypto";
import type { Clock, TimerHandle, TimeTrust, WallTime } from "../../hal/clock.js";
import type { Crypto } from "../../hal/crypto.js";
import type { Failure } from "../../hal/failure.js";
import type { FlashPartition, FlashPartitionConstructor } from "../../hal/flash.js";
import type {
  Hardware,
  ModemConnection,
  PulseInputConnection,
  SerialConnection,
} from "../../hal/hardware.js";
import type { Power, RetainedMemory, SleepRequest, WakeCause } from "../../hal/power.js";
import type { PulseInput, PulseInputReading } from "../../hal/pulse-input.js";
import type { FaultyFlash } from "../world/flash/faulty-flash.js";

/** What the hardware is made of. */
export interface ProofChip {
  readonly partitions: readonly FaultyFlash[];
  readonly retained: Uint8Array;
  readonly batteryMillivolts: number;
  readonly ticks: number;
  wallMinusTicks: number;
  trust: TimeTrust;
  readonly inputForward: number;
  readonly inputReverse: number;
  readonly wakeCause: WakeCause;
  readonly failure: Failure | undefined;
  request: SleepRequest | undefined;
  partition(label: string): FaultyFlash;
  setTimer(callback: () => void, delayMilliseconds: number): TimerHandle;
  clearTimer(handle: TimerHandle): void;
  /** @throws the reason, once the application has been stopped. */
  requireRunning(): void;
  /** Calls `action`; what it throws stops the application. */
  watch<Result>(action: () => Result): Result;
  /** Stops the application; returns the reason of the first stop. */
  stop(reason: unknown): unknown;
}

/** A sealed meter with a clock, flash and a pulse input; what its wakes under proof have no business with refuses. */
export function createProofHardware(board: ProofChip): Hardware {
  const failure = (): Failure | undefined => board.failure;
  return {
    serialNumber: "PROOF0001",
    hardwareId: "0123456789ab",
    meteringChecksum: "",
    get failure() {
      return failure();
    },
    clock: createClock(board),
    power: createPower(board),
    watchdog: {
      feed: () => {
        board.requireRunning();
      },
    },
    boot: {
      runningSlot: "ota_0",
      imageHash: "",
      isTrial: false,
      markValid: () => refuse("marks its image valid"),
      rollBack: () => refuse("rolls back"),
    },
    seal: { isSealed: true, burn: () => refuse("burns the seal") },
    crypto: proofCrypto,
    flash: { io: createFlash(board) },
    pulseInput: createInput(board),
    get modem(): ModemConnection {
      return refuse("uses the modem's wires");
    },
    get service(): SerialConnection {
      return refuse("opens the service port");
    },
    rails: [],
    valve: undefined,
  };
}

function createClock(board: ProofChip): Clock {
  const ticks = (): number => board.ticks;
  const wallTime = (): WallTime => ({
    epochMilliseconds: board.wallMinusTicks + board.ticks,
    trust: board.trust,
  });
  return {
    get ticks() {
      return ticks();
    },
    get wallTime() {
      return wallTime();
    },
    setWallTime: (epochMilliseconds, trust) => {
      board.requireRunning();
      board.wallMinusTicks = epochMilliseconds - board.ticks;
      board.trust = trust;
    },
    setTimer: (callback, delayMilliseconds) => board.setTimer(callback, delayMilliseconds),
    clearTimer: (handle) => {
      board.clearTimer(handle);
    },
  };
}

function createPower(board: ProofChip): Power {
  const wakeCause = (): WakeCause => board.wakeCause;
  const batteryMillivolts = (): number => board.batteryMillivolts;
  const retained: RetainedMemory = {
    byteLength: board.retained.byteLength,
    read: (target) => {
      board.requireRunning();
      target.set(board.retained);
    },
    write: (bytes) => {
      board.requireRunning();
      board.retained.set(bytes);
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
    sleep: (request: SleepRequest) => {
      board.requireRunning();
      board.request = request;
    },
    restart: () => refuse("restarts"),
  };
}

function createInput(board: ProofChip): PulseInputConnection {
  const read = (): PulseInputReading => {
    board.requireRunning();
    return {
      forward: board.inputForward,
      reverse: board.inputReverse,
      illegalTransitions: 0,
      magnetEvents: 0,
      magnetPresent: false,
      sensorFaults: 0,
      oneSided: false,
      wireCut: false,
    };
  };
  const io = class implements PulseInput {
    read = read;
    close(): void {
      // Counting goes on.
    }
  };
  return { io, sensor: "dual-reed" };
}

function createFlash(board: ProofChip): FlashPartitionConstructor {
  const views = board.partitions.map((partition) => new WatchedFlash(board, partition));
  // A constructor may return another object, which is how the HAL's class becomes a view of the chip.
  return function ({ partition }: { readonly partition: string }) {
    return views[board.partitions.indexOf(board.partition(partition))];
  } as unknown as FlashPartitionConstructor;
}

/** A partition as the application sees it: what cuts off one operation, or breaks a rule of flash, stops the whole. */
class WatchedFlash implements FlashPartition {
  readonly geometry: FlashPartition["geometry"];
  readonly #board: ProofChip;
  readonly #flash: FaultyFlash;

  constructor(board: ProofChip, flash: FaultyFlash) {
    this.#board = board;
    this.#flash = flash;
    this.geometry = flash.geometry;
  }

  read(address: number, target: Uint8Array): boolean {
    // What `watch` does, written out: no other call of the hardware is as frequent.
    this.#board.requireRunning();
    try {
      return this.#flash.read(address, target);
    } catch (error) {
      throw this.#board.stop(error);
    }
  }

  program(address: number, bytes: Uint8Array): boolean {
    return this.#board.watch(() => this.#flash.program(address, bytes));
  }

  erase(address: number): boolean {
    return this.#board.watch(() => this.#flash.erase(address));
  }
}

const proofCrypto: Crypto = Object.freeze({
  sha256: (message: Uint8Array) => hash("sha256", message, "buffer"),
  encryptAes128Block: () => refuse("encrypts"),
  fillRandom: () => refuse("draws random bytes"),
});

function refuse(what: string): never {
  throw new Error(`nothing under proof ${what}`);
}
