/**
 * What the service port's commands answer with, in the order of the list of commands and each with its members in their
 * order on the line. These are types alone: nothing of them is on the chip.
 *
 * Where a member is one of a few words, they are a part's own (the valve's states, the trust in the clock), which this
 * folder may not import: `tests/firmware/contracts/service-results.test.ts` holds the two equal.
 */

export interface Identity {
  readonly protocol: number;
  /** `water` or `gas`. */
  readonly product: string;
  /** The chip's own number, 12 hexadecimal digits. */
  readonly hardwareId: string;
  /** Empty before it was written. */
  readonly serialNumber: string;
  readonly firmwareVersion: string;
  /** SHA-256 of the image that runs, 64 hexadecimal digits. */
  readonly imageHash: string;
  /** Of the legally relevant software (WELMEC 7.2). */
  readonly meteringVersion: string;
  readonly meteringChecksum: string;
  readonly locked: boolean;
  /** Since the low-power domain got its power. */
  readonly uptimeMilliseconds: number;
}

export interface Index {
  /** Total registers in pulses, exact. */
  readonly forwardPulses: number;
  readonly reversePulses: number;
  readonly pulseWeightMillilitres: number;
  readonly calibrationEpoch: number;
  /** UTC; 0 while the meter has no date. */
  readonly epochSeconds: number;
  readonly timeTrust: "unset" | "estimated" | "network";
}

export interface Status {
  readonly batteryMillivolts: number;
  readonly batteryLow: boolean;
  readonly magnetPresent: boolean;
  readonly sensorFault: boolean;
  readonly valve: "none" | "unknown" | "open" | "closed" | "moving" | "failed";
  /** Slots and sectors of flash that failed in this run. */
  readonly flashFailures: number;
  /** Sequence number of the newest entry of the event log, 0 for none. */
  readonly newestEvent: number;
  /** How the last contact with the head-end ended, as `contactOutcomeText` says it; `delivered` before the first. */
  readonly lastContact: string;
}

export interface Challenge {
  /** 32 hexadecimal digits, good once. */
  readonly challenge: string;
}

/** A session is open, and ends after so long without an authenticated command. */
export interface OpenSession {
  readonly sessionSeconds: number;
}

/** Whether production commands are refused now. */
export interface LockState {
  readonly locked: boolean;
}

/** Every setting that the product has, by its name. */
export type SettingValues = Readonly<Record<string, number>>;

export interface ChangedSetting {
  readonly name: string;
  readonly value: number;
  /** The meter's, now. */
  readonly calibrationEpoch: number;
}

export interface LogEntry {
  readonly sequence: number;
  readonly event: string;
  readonly epochSeconds: number;
  readonly detail: number;
  /** The whole record in hexadecimal, 32 bytes: what the chain of hashes covers. */
  readonly record: string;
}

export interface LogPage {
  /** Sequence number of the newest entry that there is, 0 for none. */
  readonly newest: number;
  readonly entries: readonly LogEntry[];
}

/** True for what works. */
export interface SelfTest {
  readonly crypto: boolean;
  readonly random: boolean;
  readonly journal: boolean;
  readonly settings: boolean;
  readonly events: boolean;
}

export interface Rail {
  readonly name: string;
  readonly millivolts: number;
}

export interface Rails {
  readonly rails: readonly Rail[];
}

/** When a window began and ended, in ms of the meter's clock. */
export interface ClockWindow {
  readonly startTicks: number;
  readonly endTicks: number;
}

/** A window's counts are differences between its two ends. */
export interface PulseCounts {
  readonly startTicks: number;
  readonly endTicks: number;
  readonly forward: number;
  readonly reverse: number;
  readonly illegalTransitions: number;
  readonly magnetEvents: number;
  readonly sensorFaults: number;
}

export interface Sensors {
  readonly sensor: "single-reed" | "dual-reed";
  readonly magnetPresent: boolean;
  /** One contact of a dual reed comes and goes and the other keeps still. */
  readonly oneSided: boolean;
  readonly wireCut: boolean;
  /** From the limit switches; `none` on a meter without a valve. */
  readonly valve: "none" | "open" | "closed" | "between" | "implausible";
}

export interface ValveMove {
  /** `stalled` and `timed-out` as `ValveFailure` says. */
  readonly outcome: "reached" | "stalled" | "timed-out" | "limit-fault" | "stopped" | "busy";
  readonly position: "open" | "closed" | "between" | "implausible";
  /** 0 when the valve stood there already. */
  readonly travelMilliseconds: number;
  readonly peakMilliamperes: number;
  /** The motor's current, one sample each `samplePeriodMilliseconds` from its start, at most 240. */
  readonly samplePeriodMilliseconds: number;
  readonly milliamperes: readonly number[];
}

export interface ModemReport {
  /** 15 digits. */
  readonly imei: string;
  /** 19 or 20 digits. */
  readonly iccid: string;
  /** False where no cell was found in time; the signal's numbers are 0 then. */
  readonly hasSignal: boolean;
  readonly powerDbm: number;
  readonly noiseRatioDb: number;
}

export interface FlashReport {
  readonly sectors: number;
  /** Numbers of the sectors that did not erase, program or read back. */
  readonly failedSectors: readonly number[];
  readonly milliseconds: number;
}

export interface WrittenSerial {
  readonly serialNumber: string;
}

export interface WrittenCalibration {
  readonly pulseWeightMillilitres: number;
  readonly calibrationEpoch: number;
}

export interface WrittenKeys {
  /** How many. */
  readonly written: number;
}

/** SHA-256 of each stored thing in hexadecimal; empty where there is none. */
export interface ReadBack {
  readonly serialNumber: string;
  /** Of the decimal digits of the pulse weight, a blank and those of the calibration epoch. */
  readonly calibration: string;
  readonly deviceKey: string;
  readonly serviceKey: string;
  readonly unlockKey: string;
}

export interface SleepPlan {
  /** When the meter wakes by itself, in ms of its clock: earlier than asked for where something is due before. */
  readonly untilTicks: number;
}
