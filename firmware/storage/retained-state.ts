import { crc32 } from "../../hal/bytes.js";
import type { RetainedMemory, WakeCause } from "../../hal/power.js";
import { positionByteLength, RingPosition } from "./ring-position.js";

const mark = 0x7a11;
const version = 2;
const contentByteLength = 152;
const longestLocation = 40;

/**
 * Where the power period stands: in a place and a form of its own, which no later version may change, for the
 * register depends on it. u32 first sequence, u32 its complement, u32 CRC of both.
 */
const periodOffset = 160;
const periodByteLength = 12;

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
export type LogName = (typeof logNames)[number];
const positionsOffset = 176;
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
 */
export class RetainedState {
  /** False when the memory held nothing valid: the low-power domain has just got its power. */
  readonly wasValid: boolean;
  /** False when the sequence number below is not known. */
  readonly isPeriodKnown: boolean;
  /** Sequence number of the first journal record of this power period. */
  firstSequence = 0;
  /**
   * The register that this power period began with: what a reset counts on from until the period's first record is
   * stored, for the record before it may by then read otherwise. Undefined when it is not known.
   */
  basePulses: BasePulses | undefined;
  /** Ticks of the last checkpoint; 0 for none in this power period. */
  checkpointTicks = 0;
  /** Ticks of the next contact with the head-end; 0 when the daily time alone decides. */
  contactTicks = 0;
  /** Failed contacts in a row. */
  contactAttempts = 0;
  /** Day number (epoch days, UTC) of the last complete report. */
  reportDay = 0;
  /** Path of the registration at the head-end, empty when there is none, and the ticks at which it lapses. */
  registrationLocation = "";
  registrationUntilTicks = 0;
  /** Ticks of the last move of the valve; 0 before the first in this power period. */
  valveTicks = 0;
  /** Moves of the valve in a row that did not come to their end. */
  valveAttempts = 0;
  /** True while the journal takes no records. */
  isJournalFailing = false;
  /** What was last seen and told in the event log. */
  isMagnetKnown = false;
  isBatteryLowKnown = false;
  knownMagnetEvents = 0;
  knownSensorFaults = 0;
  /** End of the last interval that was recorded, in epoch seconds. */
  intervalEpochSeconds = 0;
  /** True when the settings store is known to hold nothing but the product at `productIndex`. */
  hasPlainSettings = false;
  productIndex = 0;
  #memory: RetainedMemory;
  #positions = new Uint8Array(positionsByteLength);

  /** After a reset, in contrast to a sleep, the positions of the logs are not believed: a write may have been cut. */
  constructor(memory: RetainedMemory, wakeCause: WakeCause) {
    this.#memory = memory;
    const bytes = new Uint8Array(memory.byteLength);
    memory.read(bytes);
    const view = new DataView(bytes.buffer);
    const crc = crc32(bytes, contentByteLength);
    const period = bytes.subarray(periodOffset, periodOffset + periodByteLength);
    this.isPeriodKnown =
      wakeCause !== "power-on" &&
      view.getUint32(periodOffset + 4, true) === ~view.getUint32(periodOffset, true) >>> 0 &&
      view.getUint32(periodOffset + 8, true) === crc32(period, 8);
    if (this.isPeriodKnown) this.firstSequence = view.getUint32(periodOffset, true);
    this.wasValid =
      wakeCause !== "power-on" &&
      view.getUint16(0, true) === mark &&
      view.getUint8(2) === version &&
      view.getUint32(contentByteLength, true) === crc &&
      view.getUint32(contentByteLength + 4, true) === ~crc >>> 0;
    if (!this.wasValid) return;
    this.#decode(view);
    const hasSlept = wakeCause === "timer" || wakeCause === "pulses" || wakeCause === "service";
    const positions = bytes.subarray(positionsOffset, positionsOffset + positionsByteLength);
    const positionsCrc = view.getUint32(positionsOffset + positionsByteLength, true);
    if (hasSlept && positionsCrc === crc32(positions, positionsByteLength)) this.#positions.set(positions);
  }

  /** Where the two rings of a log stand; what is noted there is kept with the next `save`. */
  positions(log: LogName): [RingPosition, RingPosition] {
    const offset = logNames.indexOf(log) * 2 * positionByteLength;
    return [
      new RingPosition(this.#positions, offset),
      new RingPosition(this.#positions, offset + positionByteLength),
    ];
  }

  /** Writes all values back. */
  save(): void {
    const bytes = new Uint8Array(this.#memory.byteLength);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, mark, true);
    view.setUint8(2, version);
    view.setUint8(3, this.contactAttempts);
    view.setUint8(4, this.valveAttempts);
    view.setFloat64(8, this.checkpointTicks, true);
    view.setFloat64(16, this.contactTicks, true);
    view.setUint32(24, this.reportDay, true);
    view.setFloat64(28, this.registrationUntilTicks, true);
    view.setFloat64(36, this.valveTicks, true);
    const location = this.registrationLocation.length <= longestLocation ? this.registrationLocation : "";
    view.setUint8(44, location.length);
    for (let index = 0; index < location.length; index++)
      view.setUint8(45 + index, location.charCodeAt(index));
    view.setFloat64(88, this.basePulses?.forwardPulses ?? -1, true);
    view.setFloat64(96, this.basePulses?.reversePulses ?? -1, true);
    view.setUint32(136, this.intervalEpochSeconds, true);
    view.setUint32(140, this.knownSensorFaults, true);
    const flags = [this.hasPlainSettings, this.isMagnetKnown, this.isBatteryLowKnown, this.isJournalFailing];
    for (let bit = 0; bit < flags.length; bit++)
      if (flags[bit]) view.setUint8(144, view.getUint8(144) | (1 << bit));
    view.setUint8(145, this.productIndex);
    view.setUint32(146, this.knownMagnetEvents, true);
    const crc = crc32(bytes, contentByteLength);
    view.setUint32(contentByteLength, crc, true);
    view.setUint32(contentByteLength + 4, ~crc >>> 0, true);
    view.setUint32(periodOffset, this.firstSequence, true);
    view.setUint32(periodOffset + 4, ~this.firstSequence >>> 0, true);
    const period = bytes.subarray(periodOffset, periodOffset + periodByteLength);
    view.setUint32(periodOffset + 8, crc32(period, 8), true);
    bytes.set(this.#positions, positionsOffset);
    view.setUint32(positionsOffset + positionsByteLength, crc32(this.#positions, positionsByteLength), true);
    this.#memory.write(bytes);
  }

  #decode(view: DataView): void {
    this.contactAttempts = view.getUint8(3);
    this.valveAttempts = view.getUint8(4);
    this.checkpointTicks = view.getFloat64(8, true);
    this.contactTicks = view.getFloat64(16, true);
    this.reportDay = view.getUint32(24, true);
    this.registrationUntilTicks = view.getFloat64(28, true);
    this.valveTicks = view.getFloat64(36, true);
    const forwardPulses = view.getFloat64(88, true);
    if (forwardPulses >= 0) this.basePulses = { forwardPulses, reversePulses: view.getFloat64(96, true) };
    this.intervalEpochSeconds = view.getUint32(136, true);
    this.knownSensorFaults = view.getUint32(140, true);
    const flags = view.getUint8(144);
    this.hasPlainSettings = (flags & 1) !== 0;
    this.isMagnetKnown = (flags & 2) !== 0;
    this.isBatteryLowKnown = (flags & 4) !== 0;
    this.isJournalFailing = (flags & 8) !== 0;
    this.productIndex = view.getUint8(145);
    this.knownMagnetEvents = view.getUint32(146, true);
    const length = Math.min(view.getUint8(44), longestLocation);
    for (let index = 0; index < length; index++)
      this.registrationLocation += String.fromCharCode(view.getUint8(45 + index));
  }
}
