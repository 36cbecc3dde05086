import type { PulseInputOptions, PulseInputReading, PulseSensor } from "../../../hal/pulse-input.js";
import type { Random } from "../../kernel/random.js";
import type { RealTimeClock } from "./real-time-clock.js";

/** The flash chip as the board reaches it: partitions by number. */
export interface BoardFlash {
  open(label: string): number | undefined;
  geometry(partition: number): { byteLength: number; sectorByteLength: number; programByteLength: number };
  /** Undefined on a read error. */
  read(partition: number, address: number, byteLength: number): Uint8Array | undefined;
  program(partition: number, address: number, bytes: Uint8Array): boolean;
  erase(partition: number, address: number): boolean;
}

/** The low-power pulse counter as the board reaches it. */
export interface BoardPulseInput {
  configure(options: PulseInputOptions): void;
  read(): PulseInputReading;
  /** Forward and reverse pulses together, since power came. */
  readonly total: number;
  onCount: ((total: number) => void) | undefined;
  /** To be called when power comes: everything counted before is gone. */
  powerLost(): void;
  /** Nobody polls for so long; what has been counted stays. */
  rest(microseconds: number): void;
  /** Called at each edge of a contact that is not seen through `watch`, with its time; edges may come late. */
  onEdge: ((atMicroseconds: number) => void) | undefined;
  /** Begins to note down what the polls find, for another decoder to follow. */
  record(): BoardTimeline;
  /** Begins to note down what the contacts do, for somebody who polls them otherwise. */
  watch(onChange: () => void): BoardContacts;
}

/** What the contacts did since it was asked last, as `ContactFeed` has it. */
export interface BoardContacts {
  take(byteLength: number): Uint8Array;
}

/** What the polls have found since the last part was taken, as `ContactTimeline` has it. */
export interface BoardTimeline {
  take(byteLength: number): Uint8Array;
}

/** The supply as the board reaches it. */
export interface BoardBattery {
  setLoad(name: string, milliamperes: number): void;
  drawCharge(name: string, microcoulombs: number): void;
  readonly millivolts: number;
  onBrownOut: (() => void) | undefined;
}

/** The chip's fuse, which outlives every loss of power. */
export interface BoardFuse {
  isBurnt: boolean;
}

/** What is of the board itself. */
export interface BoardTraits extends ProcessorTraits {
  /** What is measured of a battery with so many millivolts, in whole ones. */
  readonly readBattery: (millivolts: number) => number;
  /** The application hears of a failing supply. */
  readonly hasSupplyWarning: boolean;
  /** The processor keeps its memory in sleep, and goes on at once. */
  readonly sleepsLightly: boolean;
  /**
   * What a contact that moves in sleep costs, where that wakes a stub: in microcoulombs, and how long the stub looks. Such
   * a board has nobody who looks at the contacts while the processor starts.
   */
  readonly stub: { readonly microcoulombs: number; readonly microseconds: number } | undefined;
}

/** What a start and a sleep take of the board. */
export interface ProcessorTraits {
  /** From the wake-up to the application's first instruction; 0 for one that starts at once. */
  readonly startMicroseconds: number;
  /** What a start and an ordinary run draw beside the current in their time, in microcoulombs. */
  readonly startMicrocoulombs: number;
  readonly runningMilliamperes: number;
  /** The whole board in deep sleep. */
  readonly asleepMilliamperes: number;
}

/** What is soldered to the board. */
export interface BoardParts {
  /** What its identity page says; empty where nothing was written. */
  readonly serialNumber: string;
  /** 12 hexadecimal digits. */
  readonly hardwareId: string;
  /** Of the image in its flash, and of the legally relevant part of it: 64 hexadecimal digits each. */
  readonly imageHash: string;
  readonly meteringChecksum: string;
  readonly seal: BoardFuse;
  readonly sensor: PulseSensor;
  /** Of the valve's current sense, in mV per mA; undefined without a valve. */
  readonly valveSenseMillivoltsPerMilliampere: number | undefined;
  readonly clock: RealTimeClock;
  readonly flash: BoardFlash;
  readonly pulses: BoardPulseInput;
  readonly battery: BoardBattery;
  /** What the board itself makes of them. */
  readonly model: BoardTraits;
  /** The chip's hardware random number generator. */
  readonly random: Random;
}
