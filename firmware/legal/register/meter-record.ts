import { readUnsigned, writeUnsigned } from "../../../hal/base/bytes.js";
import type { TimeTrust } from "../../../hal/clock.js";
import { recordByteLength, sequenceOffset, sequenceOf } from "../rings/record.js";

/** Why a register value was written down. The order is stored: append only. */
export const recordCauses = Object.freeze([
  "start",
  "pulses",
  "interval",
  "before-radio",
  "before-valve",
  "after-valve",
  "brown-out",
  "day",
  "billing",
  "calibration",
  "reading",
  "self-test",
] as const);
export type RecordCause = (typeof recordCauses)[number];

/** Where the valve stood when the record was written. The order is stored: append only. */
export const valveStates = Object.freeze(["none", "unknown", "open", "closed", "moving", "failed"] as const);
export type ValveState = (typeof valveStates)[number];

const trusts: readonly TimeTrust[] = Object.freeze(["unset", "estimated", "network"]);

/** The register with what else was true at that moment. */
export interface MeterRecord {
  /** u32, one more than the predecessor's in the same log. */
  readonly sequence: number;
  readonly cause: RecordCause;
  /** The total register in pulses, exact up to 2^53. */
  readonly forwardPulses: number;
  /** The reverse register in pulses, exact up to 2^40. */
  readonly reversePulses: number;
  /** UTC epoch seconds, u32; seconds since power came while the date is unset. */
  readonly epochSeconds: number;
  readonly timeTrust: TimeTrust;
  /** Low 16 bits of the pulse input's counters at that moment: the baseline for what was counted since. */
  readonly inputForward: number;
  readonly inputReverse: number;
  readonly valve: ValveState;
  readonly magnetPresent: boolean;
  readonly sensorFault: boolean;
  readonly batteryLow: boolean;
  /** Counts the meter's calibrations; a change of pulse weight begins a new one. */
  readonly calibrationEpoch: number;
}

const recordVersion = 1;
const magnetFlag = 0x20;
const sensorFlag = 0x40;
const batteryFlag = 0x80;

/*
 * Layout, little-endian: 0 version, 1 cause, 2 flags (bits 0-1 trust, 2-4 valve, 5 magnet, 6 sensor, 7 battery),
 * 3 calibration epoch, 4 sequence u32, 8 forward u56, 15 reverse u40, 20 epoch seconds u32, 24 input forward u16,
 * 26 input reverse u16, 28 CRC-32.
 */

/** Writes `record` under that number into a new 32-byte buffer; the storage below seals it. */
export function encodeMeterRecord(record: Omit<MeterRecord, "sequence">, sequence: number): Uint8Array {
  const bytes = new Uint8Array(recordByteLength);
  bytes[0] = recordVersion;
  bytes[1] = recordCauses.indexOf(record.cause);
  let flags = trusts.indexOf(record.timeTrust) | (valveStates.indexOf(record.valve) << 2);
  if (record.magnetPresent) flags |= magnetFlag;
  if (record.sensorFault) flags |= sensorFlag;
  if (record.batteryLow) flags |= batteryFlag;
  bytes[2] = flags;
  bytes[3] = record.calibrationEpoch;
  writeUnsigned(bytes, sequenceOffset, 4, sequence);
  writeUnsigned(bytes, 8, 7, record.forwardPulses);
  writeUnsigned(bytes, 15, 5, record.reversePulses);
  writeUnsigned(bytes, 20, 4, record.epochSeconds);
  writeUnsigned(bytes, 24, 2, record.inputForward);
  writeUnsigned(bytes, 26, 2, record.inputReverse);
  return bytes;
}

/** False for a record that a newer firmware wrote in another layout. */
export function isMeterRecord(bytes: Uint8Array): boolean {
  return bytes[0] === recordVersion;
}

/** The total register of an encoded record. */
export function forwardPulsesOf(bytes: Uint8Array): number {
  return readUnsigned(bytes, 8, 7);
}

/** The reverse register of an encoded record. */
export function reversePulsesOf(bytes: Uint8Array): number {
  return readUnsigned(bytes, 15, 5);
}

/** True for a record of cause `start`. */
export function isStartRecord(bytes: Uint8Array): boolean {
  return recordCauses[bytes[1] as number] === "start";
}

/** True when the meter knew the date as it wrote the record. */
export function isDated(bytes: Uint8Array): boolean {
  return ((bytes[2] as number) & 3) !== 0;
}

/** When an encoded record was written: `MeterRecord`'s `epochSeconds`. */
export function epochSecondsOf(bytes: Uint8Array): number {
  return readUnsigned(bytes, 20, 4);
}

/**
 * Reads a sealed record; undefined when a newer firmware wrote it in another layout. Whatever else it says, a
 * record in this layout holds the register: a cause that this firmware does not know reads as `start`.
 */
export function decodeMeterRecord(bytes: Uint8Array): MeterRecord | undefined {
  if (!isMeterRecord(bytes)) return undefined;
  const flags = bytes[2] as number;
  return {
    sequence: sequenceOf(bytes),
    cause: recordCauses[bytes[1] as number] ?? "start",
    forwardPulses: forwardPulsesOf(bytes),
    reversePulses: reversePulsesOf(bytes),
    epochSeconds: epochSecondsOf(bytes),
    timeTrust: trusts[flags & 3] ?? "unset",
    inputForward: readUnsigned(bytes, 24, 2),
    inputReverse: readUnsigned(bytes, 26, 2),
    valve: valveStates[(flags >> 2) & 7] ?? "unknown",
    magnetPresent: (flags & magnetFlag) !== 0,
    sensorFault: (flags & sensorFlag) !== 0,
    batteryLow: (flags & batteryFlag) !== 0,
    calibrationEpoch: bytes[3] as number,
  };
}
