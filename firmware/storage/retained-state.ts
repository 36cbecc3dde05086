import { readUnsigned, writeUnsigned } from "../../hal/base/bytes.js";
import type { RetainedMemory, WakeCause } from "../../hal/power.js";
import {
  arePositionsWhole,
  isContentWhole,
  isPeriodWhole,
  periodOffset,
  positionsOffset,
  sealContent,
  sealPeriod,
  sealPositions,
} from "./retained-seals.js";
import { positionByteLength, RingPosition } from "../legal/rings/ring-position.js";

/*
 * Layout, little-endian: 0 mark u16, 2 version, 3 contact attempts, 4 valve attempts, 5 flags, 6 product, 7 length of the
 * registration's path; times in ticks as u56: 8 checkpoint, 16 contact, 24 registration, 32 valve; 40 report day u32,
 * 44 interval u32, 48 magnet events u32, 52 sensor faults u32; 56 and 64 the base pulses plus one, u56, 0 when they are
 * not known; 72 the registration's path; ticks as u56: 112 unlocked until, 120 refused; 128 the serial number, 16 bytes,
 * with zeros behind a shorter one; 144 calibration epoch, 145 valve moves of the service port; 146 recorded day u16,
 * 148 CRC of the serial number u32; 152 CRC-32 of all that, 156 its complement.
 */
const contactAttemptsOffset = 3;
const valveAttemptsOffset = 4;
const flagsOffset = 5;
const productOffset = 6;
const locationLengthOffset = 7;
const checkpointOffset = 8;
const contactOffset = 16;
const registrationOffset = 24;
const valveOffset = 32;
const reportDayOffset = 40;
const intervalOffset = 44;
const magnetEventsOffset = 48;
const sensorFaultsOffset = 52;
const baseForwardOffset = 56;
const baseReverseOffset = 64;
const locationOffset = 72;
const unlockedOffset = 112;
const refusedOffset = 120;
const serialNumberOffset = 128;
const calibrationOffset = 144;
const serviceValveMovesOffset = 145;
const recordedDayOffset = 146;
const serialNumberCrcOffset = 148;
const longestLocation = 40;
const longestSerialNumber = 16;
const ticksByteLength = 7;

const plainSettingsFlag = 1;
const magnetFlag = 2;
const batteryFlag = 4;
const journalFlag = 8;
const productionFlag = 16;

/** The logs whose positions are kept, two rings each, with a CRC behind them. The order is stored. */
const logNames = Object.freeze([
  "journal",
  "intervals",
  "days",
  "months",
  "events",
  "delivery",
  "settings",
] as const);
export type NotedLogName = (typeof logNames)[number];
const positionsByteLength = logNames.length * 2 * positionByteLength;

/** The register at the start of a power period, as it was recovered. */
export interface BasePulses {
  readonly forwardPulses: number;
  readonly reversePulses: number;
}

/**
 * The few values that outlive deep sleep and resets, but not a loss of power. Nothing here is the register:
 * losing all of it costs a fresh start of schedules and a registration, never a pulse. After a loss of power all
 * of it is void, whatever the memory happens to hold.
 *
 * The values stand in the memory's own bytes and are read from there when they are asked for: most wakes want few.
 */
export class RetainedState {
  /** False when the memory held nothing valid: the low-power domain has just got its power. */
  readonly wasValid: boolean;
  /** False when the sequence number below is not known. */
  readonly isPeriodKnown: boolean;
  /** Sequence number of the first journal record of this power period. */
  firstSequence = 0;
  #memory: RetainedMemory;
  #bytes: Uint8Array;

  /** After a reset, in contrast to a sleep, the positions of the logs are not believed: a write may have been cut. */
  constructor(memory: RetainedMemory, wakeCause: WakeCause) {
    this.#memory = memory;
    const bytes = new Uint8Array(memory.byteLength);
    this.#bytes = bytes;
    const hasPower = wakeCause !== "power-on";
    if (hasPower) memory.read(bytes);
    this.isPeriodKnown = hasPower && isPeriodWhole(bytes);
    if (this.isPeriodKnown) this.firstSequence = readUnsigned(bytes, periodOffset, 4);
    this.wasValid = hasPower && isContentWhole(bytes);
    if (!this.wasValid) bytes.fill(0);
    const hasSlept = wakeCause === "timer" || wakeCause === "pulses" || wakeCause === "service";
    if (!hasSlept || !arePositionsWhole(bytes, positionsByteLength)) bytes.fill(0, positionsOffset);
  }

  /**
   * The register that this power period began with: what a reset counts on from until the period's first record is
   * stored, for the record before it may by then read otherwise. Undefined when it is not known.
   */
  get basePulses(): BasePulses | undefined {
    const forwardPulses = readUnsigned(this.#bytes, baseForwardOffset, 7) - 1;
    if (forwardPulses < 0) return undefined;
    return { forwardPulses, reversePulses: readUnsigned(this.#bytes, baseReverseOffset, 7) - 1 };
  }

  set basePulses(pulses: BasePulses | undefined) {
    writeUnsigned(this.#bytes, baseForwardOffset, 7, pulses ? pulses.forwardPulses + 1 : 0);
    writeUnsigned(this.#bytes, baseReverseOffset, 7, pulses ? pulses.reversePulses + 1 : 0);
  }

  /** Ticks of the last checkpoint; 0 for none in this power period. */
  get checkpointTicks(): number {
    return readUnsigned(this.#bytes, checkpointOffset, ticksByteLength);
  }

  set checkpointTicks(ticks: number) {
    writeUnsigned(this.#bytes, checkpointOffset, ticksByteLength, ticks);
  }

  /** Ticks of the next contact with the head-end; 0 when the daily time alone decides. */
  get contactTicks(): number {
    return readUnsigned(this.#bytes, contactOffset, ticksByteLength);
  }

  set contactTicks(ticks: number) {
    writeUnsigned(this.#bytes, contactOffset, ticksByteLength, ticks);
  }

  /** Failed contacts in a row. */
  get contactAttempts(): number {
    return this.#bytes[contactAttemptsOffset] as number;
  }

  set contactAttempts(attempts: number) {
    this.#bytes[contactAttemptsOffset] = attempts;
  }

  /** Day number (epoch days, UTC) of the last complete report. */
  get reportDay(): number {
    return readUnsigned(this.#bytes, reportDayOffset, 4);
  }

  set reportDay(day: number) {
    writeUnsigned(this.#bytes, reportDayOffset, 4, day);
  }

  /** Path of the registration at the head-end, empty when there is none; one that is too long is given up. */
  get registrationLocation(): string {
    const length = Math.min(this.#bytes[locationLengthOffset] as number, longestLocation);
    let location = "";
    for (let index = 0; index < length; index++)
      location += String.fromCharCode(this.#bytes[locationOffset + index] as number);
    return location;
  }

  set registrationLocation(location: string) {
    const length = location.length <= longestLocation ? location.length : 0;
    this.#bytes[locationLengthOffset] = length;
    for (let index = 0; index < length; index++)
      this.#bytes[locationOffset + index] = location.charCodeAt(index);
  }

  /** The ticks at which the registration lapses. */
  get registrationUntilTicks(): number {
    return readUnsigned(this.#bytes, registrationOffset, ticksByteLength);
  }

  set registrationUntilTicks(ticks: number) {
    writeUnsigned(this.#bytes, registrationOffset, ticksByteLength, ticks);
  }

  /** Ticks of the last move of the valve; 0 before the first in this power period. */
  get valveTicks(): number {
    return readUnsigned(this.#bytes, valveOffset, ticksByteLength);
  }

  set valveTicks(ticks: number) {
    writeUnsigned(this.#bytes, valveOffset, ticksByteLength, ticks);
  }

  /** Moves of the valve in a row that did not come to their end. */
  get valveAttempts(): number {
    return this.#bytes[valveAttemptsOffset] as number;
  }

  set valveAttempts(attempts: number) {
    this.#bytes[valveAttemptsOffset] = attempts;
  }

  /** True while the journal takes no records. */
  get isJournalFailing(): boolean {
    return this.has(journalFlag);
  }

  set isJournalFailing(isFailing: boolean) {
    this.flag(journalFlag, isFailing);
  }

  /** What was last seen and told in the event log. */
  get isMagnetKnown(): boolean {
    return this.has(magnetFlag);
  }

  set isMagnetKnown(isKnown: boolean) {
    this.flag(magnetFlag, isKnown);
  }

  get isBatteryLowKnown(): boolean {
    return this.has(batteryFlag);
  }

  set isBatteryLowKnown(isKnown: boolean) {
    this.flag(batteryFlag, isKnown);
  }

  get knownMagnetEvents(): number {
    return readUnsigned(this.#bytes, magnetEventsOffset, 4);
  }

  set knownMagnetEvents(count: number) {
    writeUnsigned(this.#bytes, magnetEventsOffset, 4, count);
  }

  get knownSensorFaults(): number {
    return readUnsigned(this.#bytes, sensorFaultsOffset, 4);
  }

  set knownSensorFaults(count: number) {
    writeUnsigned(this.#bytes, sensorFaultsOffset, 4, count);
  }

  /** End of the last interval that was recorded, in epoch seconds. */
  get intervalEpochSeconds(): number {
    return readUnsigned(this.#bytes, intervalOffset, 4);
  }

  set intervalEpochSeconds(seconds: number) {
    writeUnsigned(this.#bytes, intervalOffset, 4, seconds);
  }

  /** Day number (epoch days, UTC) of the last midnight whose values were recorded; 0 while nobody has looked. */
  get recordedDay(): number {
    return readUnsigned(this.#bytes, recordedDayOffset, 2);
  }

  set recordedDay(day: number) {
    writeUnsigned(this.#bytes, recordedDayOffset, 2, day);
  }

  /** Of the serial number's text, by which meters spread their reports; 0 while it has not been computed. */
  get serialNumberCrc(): number {
    return readUnsigned(this.#bytes, serialNumberCrcOffset, 4);
  }

  set serialNumberCrc(crc: number) {
    writeUnsigned(this.#bytes, serialNumberCrcOffset, 4, crc);
  }

  /** True when the settings store is known to hold nothing but the product at `productIndex`. */
  get hasPlainSettings(): boolean {
    return this.has(plainSettingsFlag);
  }

  set hasPlainSettings(isPlain: boolean) {
    this.flag(plainSettingsFlag, isPlain);
  }

  get productIndex(): number {
    return this.#bytes[productOffset] as number;
  }

  set productIndex(index: number) {
    this.#bytes[productOffset] = index;
  }

  /** Serial number and calibration epoch as the settings store has them: read there only when power came. */
  get serialNumber(): string {
    let text = "";
    for (let index = 0; index < longestSerialNumber; index++) {
      const code = this.#bytes[serialNumberOffset + index] as number;
      if (code === 0) break;
      text += String.fromCharCode(code);
    }
    return text;
  }

  set serialNumber(text: string) {
    for (let index = 0; index < longestSerialNumber; index++)
      this.#bytes[serialNumberOffset + index] = index < text.length ? text.charCodeAt(index) : 0;
    this.serialNumberCrc = 0;
  }

  get calibrationEpoch(): number {
    return this.#bytes[calibrationOffset] as number;
  }

  set calibrationEpoch(epoch: number) {
    this.#bytes[calibrationOffset] = epoch;
  }

  /** True until the seal is burnt. */
  get isInProduction(): boolean {
    return ((this.#bytes[flagsOffset] as number) & productionFlag) !== 0;
  }

  set isInProduction(isInProduction: boolean) {
    this.flag(productionFlag, isInProduction);
  }

  /** A sealed meter is unlocked until these ticks. */
  get unlockedUntilTicks(): number {
    return readUnsigned(this.#bytes, unlockedOffset, ticksByteLength);
  }

  set unlockedUntilTicks(ticks: number) {
    writeUnsigned(this.#bytes, unlockedOffset, ticksByteLength, ticks);
  }

  /** Ticks of the last failed authentication; 0 before the first in this power period. */
  get refusedTicks(): number {
    return readUnsigned(this.#bytes, refusedOffset, ticksByteLength);
  }

  set refusedTicks(ticks: number) {
    writeUnsigned(this.#bytes, refusedOffset, ticksByteLength, ticks);
  }

  /** Moves of the valve that the service port asked for in this power period. */
  get serviceValveMoves(): number {
    return this.#bytes[serviceValveMovesOffset] as number;
  }

  set serviceValveMoves(moves: number) {
    this.#bytes[serviceValveMovesOffset] = moves;
  }

  /** Where the two rings of a log stand; what is noted there is kept with the next `save`. */
  positions(log: NotedLogName): readonly [RingPosition, RingPosition] {
    const offset = positionsOffset + logNames.indexOf(log) * 2 * positionByteLength;
    return [
      new RingPosition(this.#bytes, offset),
      new RingPosition(this.#bytes, offset + positionByteLength),
    ];
  }

  /** Writes all values back. */
  save(): void {
    sealContent(this.#bytes);
    sealPeriod(this.#bytes, this.firstSequence);
    sealPositions(this.#bytes, positionsByteLength);
    this.#memory.write(this.#bytes);
  }

  private has(flag: number): boolean {
    return ((this.#bytes[flagsOffset] as number) & flag) !== 0;
  }

  private flag(flag: number, isSet: boolean): void {
    const others = (this.#bytes[flagsOffset] as number) & ~flag;
    this.#bytes[flagsOffset] = isSet ? others | flag : others;
  }
}
