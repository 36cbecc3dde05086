/**
 * The HAL's boundary as one flat call, so that every engine crosses it alike: directly on Node, over a pipe
 * from the XS program, over a serial line from an emulated chip. What crosses here is what the trace records.
 */
export type PortResult = number | Uint8Array | undefined;

/** Carries out one operation; `a`, `b`, `c` and `bytes` mean what `Operation` says beside each number. */
export type PortCall = (
  operation: number,
  a: number,
  b: number,
  c: number,
  bytes: Uint8Array | undefined,
) => PortResult;

/** What the application passes along: bytes, text in ASCII, or a buffer that the result fills. */
export type ApplicationContent = Uint8Array | string | undefined;

/**
 * The boundary as the application sees it, where natives are: text crosses as text, and what an operation reads goes
 * straight into the buffer that it was given. `crossing` makes one on engines that compile; the XS program does the same in
 * C (`program/machine.c`).
 */
export type ApplicationCall = (
  operation: number,
  a?: number,
  b?: number,
  c?: number,
  content?: ApplicationContent,
) => PortResult | string;

/** Hands one event to the application's side of the boundary. */
export type PortEventHandler = (event: number, ticks: number, a: number, b: number) => void;

/**
 * What an engine's program asks by itself, where it runs the pulse decoder of `hal/core/` and follows the contacts. To it,
 * the result of `Operation.pulseRead` goes on after the reading with the first part of a `ContactTimeline`. None of
 * that is part of the boundary: the trace has the reading alone.
 */
export const DecoderOperation = Object.freeze({
  /** result: the next part of the timeline */
  timeline: 100,
  /** bytes: the reading as the program's decoder has it, which is not the one that was given; the run is over */
  difference: 101,
});

/** Operation 0 is reserved for a transport's own "every job has run, give me the next event". */
export const Operation = Object.freeze({
  /** a: timer id, b: delay in ms */
  setTimer: 1,
  /** a: timer id */
  clearTimer: 2,
  /** result: epoch ms */
  wallTime: 3,
  /** result: index into `timeTrusts` */
  timeTrust: 4,
  /** a: epoch ms, b: index into `timeTrusts` */
  setWallTime: 5,
  /** bytes: label; result: partition number, undefined when there is none */
  flashOpen: 10,
  /** a: partition; result: byte length, sector length and program length as little-endian u32 */
  flashGeometry: 11,
  /** a: partition, b: address, c: length; result: the bytes, undefined on a read error */
  flashRead: 12,
  /** a: partition, b: address, bytes; result: 1 done, 0 fault */
  flashProgram: 13,
  /** a: partition, b: address of the sector; result: 1 done, 0 fault */
  flashErase: 14,
  /** a: index into `pulseSensors`, b: debounce in ms, c: magnet time in s */
  pulseOpen: 20,
  /** result: a reading as pulse-reading.ts has it */
  pulseRead: 21,
  pulseClose: 22,
  /** result: index into `wakeCauses` */
  wakeCause: 30,
  /** result: mV */
  batteryMillivolts: 31,
  /** result: the retained memory, whole */
  retainedRead: 32,
  /** bytes: the retained memory, whole */
  retainedWrite: 33,
  /** a: until ticks, b: after pulses (0 never), c: 1 to wake on the service button */
  sleep: 34,
  restart: 35,
  /** a: timeout in s */
  watchdogFeed: 40,
  /** result: label */
  bootSlot: 50,
  /** result: 1 on trial */
  bootIsTrial: 51,
  bootMarkValid: 52,
  bootRollBack: 53,
  /** result: ASCII, 64 hexadecimal digits */
  bootImageHash: 54,
  /** result: 1 sealed */
  sealRead: 55,
  /** result: 1 burnt */
  sealBurn: 56,
  /** bytes: key then block; result: 16 bytes */
  aes128: 60,
  /** bytes: message; result: 32 bytes */
  sha256: 61,
  /** a: length; result: the bytes */
  random: 62,
  /** a: initial level, bytes: pin; result: handle, undefined when unknown or in use */
  digitalOutputOpen: 70,
  /** a: handle, b: level */
  digitalWrite: 71,
  /** bytes: pin; result: handle, undefined when unknown or in use */
  digitalInputOpen: 72,
  /** a: handle; result: level */
  digitalRead: 73,
  /** bytes: pin; result: handle, undefined when unknown or in use */
  analogOpen: 74,
  /** a: handle; result: mV */
  analogRead: 75,
  /** a: handle of a digital output, digital input or analog input */
  pinClose: 76,
  /** a: baud, b: index into `serialParities`, bytes: port; result: handle, undefined when unknown or in use */
  serialOpen: 80,
  /** a: handle; result: the bytes, undefined when there are none */
  serialRead: 81,
  /** a: handle, bytes */
  serialWrite: 82,
  /** a: handle */
  serialClose: 83,
  /** result: ASCII */
  serialNumber: 90,
  /** result: index into `pulseSensors` */
  pulseSensor: 91,
  /** result: mV per mA of the valve's current sense, undefined on a board without a valve */
  valveSense: 92,
  /** result: ASCII, 12 hexadecimal digits */
  hardwareId: 93,
  /** result: ASCII, 64 hexadecimal digits */
  meteringChecksum: 94,
  /** bytes: UTF-8 text of an error that nobody handled; the run is over */
  panic: 99,
});

export const PortEvent = Object.freeze({
  /** The first event of every run of the application: it starts. */
  wake: 1,
  /** a: timer id */
  timer: 2,
  /** a: handle, b: bytes waiting */
  serialReadable: 3,
  /** a: handle */
  serialError: 4,
  /** a: handle */
  digitalReadable: 5,
  brownOut: 6,
});

export const timeTrusts = Object.freeze(["unset", "estimated", "network"] as const);
export const wakeCauses = Object.freeze([
  "power-on",
  "timer",
  "pulses",
  "service",
  "brown-out",
  "watchdog",
  "software",
] as const);
/** Those that are resets of the chip. */
export const resetCauses: readonly string[] = Object.freeze(["brown-out", "watchdog", "software"]);
export const pulseSensors = Object.freeze(["single-reed", "dual-reed"] as const);
export const serialParities = Object.freeze(["none", "even", "odd"] as const);

/** Operations whose result fills the buffer given with them; to the application the result is then 1, or 0 for none. */
export const fillingOperations: readonly number[] = Object.freeze([
  Operation.flashGeometry,
  Operation.flashRead,
  Operation.pulseRead,
  Operation.retainedRead,
  Operation.random,
]);

/** Operations whose result is text to the application. */
export const textOperations: readonly number[] = Object.freeze([
  Operation.bootSlot,
  Operation.bootImageHash,
  Operation.serialNumber,
  Operation.hardwareId,
  Operation.meteringChecksum,
]);

/** Bytes of low-power memory that the simulated boards retain (an ESP32 has 8 KB; the firmware asks for little). */
export const retainedByteLength = 768;
