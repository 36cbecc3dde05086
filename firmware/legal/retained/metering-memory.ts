import { modularDifference } from "../../../hal/base/modular-difference.js";
import { Slice, type SliceDeclaration, type SliceSource } from "./slice.js";

/*
 * 0 flags; 1 ticks of the checkpoint, u56; 8 interval u32; 12 recorded day u16; 14 magnet events u32; 18 sensor faults
 * u32; the register as it was last kept: 22 forward u56, 29 reverse u48; the input's counters then: 35 forward u32, 39
 * reverse u32.
 */
const declaration: SliceDeclaration = Object.freeze({ name: "metering", version: 2, byteLength: 43 });
const flagsAt = 0;
const checkpointAt = 1;
const intervalAt = 8;
const recordedDayAt = 12;
const magnetEventsAt = 14;
const sensorFaultsAt = 18;
const registerForwardAt = 22;
const registerReverseAt = 29;
const inputForwardAt = 35;
const inputReverseAt = 39;

const magnetFlag = 1;
const batteryFlag = 2;
const journalFlag = 4;
/** Kept anew after so many: with those that may be unwritten then (`Metering`) fewer than the 65,536 that a record tells. */
const mostKeptPulses = 30_000;

const registerFlag = 8;
const undatedFlag = 16;

/** The register at a moment, with the whole counters of the pulse input then. */
export interface KeptRegister {
  readonly forwardPulses: number;
  readonly reversePulses: number;
  readonly inputForward: number;
  readonly inputReverse: number;
}

/**
 * What metering remembers from wake to wake. Losing it costs a look into flash, and a pulse only where the journal has
 * refused for more than 65,535 of them.
 */
export class MeteringMemory extends Slice {
  #wasNear = false;

  constructor(slices: SliceSource) {
    super(slices, declaration);
  }

  /** Ticks of the last checkpoint; 0 for none in this power period. */
  get checkpointTicks(): number {
    return this.get(checkpointAt, 7);
  }

  set checkpointTicks(ticks: number) {
    this.put(checkpointAt, 7, ticks);
  }

  /** Undefined where nothing was kept since power came. */
  get register(): KeptRegister | undefined {
    if (!this.has(flagsAt, registerFlag)) return undefined;
    return {
      forwardPulses: this.get(registerForwardAt, 7),
      reversePulses: this.get(registerReverseAt, 6),
      inputForward: this.get(inputForwardAt, 4),
      inputReverse: this.get(inputReverseAt, 4),
    };
  }

  /** Keeps the register with the pulse input's counters, unless `isNear` has said that what was kept is near enough. */
  keepRegister(
    forwardPulses: number,
    reversePulses: number,
    inputForward: number,
    inputReverse: number,
  ): void {
    // A start has found it so: the next one looks again.
    if (this.#wasNear) return;
    this.flag(flagsAt, registerFlag, true);
    this.put(registerForwardAt, 7, forwardPulses);
    this.put(registerReverseAt, 6, reversePulses);
    this.put(inputForwardAt, 4, inputForward);
    this.put(inputReverseAt, 4, inputReverse);
  }

  /** True where the register was kept less than 30,000 pulses ago, by counters that go on from there. */
  isNear(inputForward: number, inputReverse: number): boolean {
    this.#wasNear =
      this.has(flagsAt, registerFlag) &&
      modularDifference(inputForward, this.get(inputForwardAt, 4)) <= mostKeptPulses &&
      modularDifference(inputReverse, this.get(inputReverseAt, 4)) <= mostKeptPulses;
    return this.#wasNear;
  }

  /** The pulse input has begun anew, or may have. */
  forgetRegister(): void {
    this.flag(flagsAt, registerFlag, false);
  }

  /** True while the journal takes no records. */
  get isJournalFailing(): boolean {
    return this.has(flagsAt, journalFlag);
  }

  set isJournalFailing(isFailing: boolean) {
    this.flag(flagsAt, journalFlag, isFailing);
  }

  /** What was last seen and told in the event log. */
  get isMagnetKnown(): boolean {
    return this.has(flagsAt, magnetFlag);
  }

  set isMagnetKnown(isKnown: boolean) {
    this.flag(flagsAt, magnetFlag, isKnown);
  }

  get isBatteryLowKnown(): boolean {
    return this.has(flagsAt, batteryFlag);
  }

  set isBatteryLowKnown(isKnown: boolean) {
    this.flag(flagsAt, batteryFlag, isKnown);
  }

  get knownMagnetEvents(): number {
    return this.get(magnetEventsAt, 4);
  }

  set knownMagnetEvents(count: number) {
    this.put(magnetEventsAt, 4, count);
  }

  get knownSensorFaults(): number {
    return this.get(sensorFaultsAt, 4);
  }

  set knownSensorFaults(count: number) {
    this.put(sensorFaultsAt, 4, count);
  }

  /** End of the last interval that was recorded, in epoch seconds, or the power period's while it has no date. */
  get intervalEpochSeconds(): number {
    return this.get(intervalAt, 4);
  }

  set intervalEpochSeconds(seconds: number) {
    this.put(intervalAt, 4, seconds);
  }

  /** True once values of this power period are stored by its own seconds, and until they are dated. */
  get hasUndatedValues(): boolean {
    return this.has(flagsAt, undatedFlag);
  }

  set hasUndatedValues(hasThem: boolean) {
    this.flag(flagsAt, undatedFlag, hasThem);
  }

  /** Day number (epoch days, UTC) of the last midnight whose values were recorded; 0 while nobody has looked. */
  get recordedDay(): number {
    return this.get(recordedDayAt, 2);
  }

  set recordedDay(day: number) {
    this.put(recordedDayAt, 2, day);
  }
}
