import { readUnsigned, writeUnsigned } from "../../hal/base/bytes.js";
import type { Calibration } from "../legal/calibration.js";
import { EntryKeeper, type EntryLayout } from "../legal/rings/entry-keeper.js";
import { settingTable } from "./setting-table.js";
import type { LogStorage } from "../legal/rings/log-storage.js";
import { MirroredLog } from "../legal/rings/mirrored-log.js";
import { recordByteLength, sequenceOf, sequenceOffset } from "../legal/rings/record.js";
import { logs } from "../storage/logs.js";

const recordVersion = 1;
const idOffset = 8;
const valueOffset = 12;

/** What one entry can hold. */
export const entryByteLength = 16;

const layout: EntryLayout = Object.freeze({
  isEntry: (record: Uint8Array) => record[0] === recordVersion,
  idOffset,
  valueOffset,
  valueByteLength: entryByteLength,
});

/** Entry ids: settings have those of `settingTable`, in which a number is stored as f64. */
const productEntry = 0xff00;
const keyEntries = Object.freeze({ device: 0xff01, service: 0xff02, unlock: 0xff03 } as const);
const serialNumberEntry = 0xff04;
const calibrationEntry = 0xff05;
const accessEntry = 0xff06;

/** The meter's keys: for its head-end, for the service port, for opening the lock. */
export type KeyName = keyof typeof keyEntries;

/** What keeps guessers and replayers out, over resets and losses of power. */
export interface AccessCounters {
  /** Failed authentications in a row. */
  readonly failures: number;
  /** The highest counter of an unlock token that was used; 0 for none. */
  readonly unlockCounter: number;
}

interface LiveEntry {
  readonly sequence: number;
  readonly value: Uint8Array;
}

/**
 * This meter's own settings, identity and keys: small entries by id, the last record for an id counts. Whenever a new
 * sector is begun, every live entry is copied into it before the next change and at the next start; no sector is erased
 * that holds one which has not been copied yet (`EntryKeeper`).
 *
 * Record: 0 version, 4 sequence u32, 8 entry id u16, 12 value, 16 bytes.
 */
export class SettingsStore {
  #log: MirroredLog;
  #live = new Map<number, LiveEntry>();

  /** Its partition has at least two times three sectors. */
  constructor(storage: LogStorage) {
    this.#log = new MirroredLog(storage, logs.settings, new EntryKeeper(layout));
    const take = (bytes: Uint8Array): boolean => {
      if (layout.isEntry(bytes)) this.take(bytes);
      return true;
    };
    // What one half has copied and erased may since be damaged there, and stand in the other as it was.
    this.#log.visitFrom(1, take, true);
    // Resets alone, without a change, may have begun a new sector.
    this.preserve();
  }

  /** Which product this meter is; empty when nobody has said. */
  get productName(): string {
    return this.text(productEntry);
  }

  /** Empty when none was written. */
  get serialNumber(): string {
    return this.text(serialNumberEntry);
  }

  /** 16 bytes; undefined when there is none. */
  key(name: KeyName): Uint8Array | undefined {
    return this.#live.get(keyEntries[name])?.value;
  }

  /** Undefined when nobody has calibrated this meter. */
  get calibration(): Calibration | undefined {
    const value = this.#live.get(calibrationEntry)?.value;
    if (!value) return undefined;
    return { epoch: readUnsigned(value, 0, 4), pulseWeightMillilitres: readUnsigned(value, 4, 4) };
  }

  get accessCounters(): AccessCounters {
    const value = this.#live.get(accessEntry)?.value;
    if (!value) return { failures: 0, unlockCounter: 0 };
    return { failures: readUnsigned(value, 0, 4), unlockCounter: readUnsigned(value, 4, 4) };
  }

  /** The numbers that differ from the product's defaults, by setting id. */
  get overrides(): Map<number, number> {
    const overrides = new Map<number, number>();
    this.#live.forEach(({ value }, id) => {
      if (id < productEntry) overrides.set(id, new DataView(value.buffer).getFloat64(0, true));
    });
    const { calibration } = this;
    if (calibration)
      overrides.set(settingTable.pulseWeightMillilitres.id, calibration.pulseWeightMillilitres);
    return overrides;
  }

  /** Stores which product this meter is; names have at most 16 ASCII characters. */
  storeProduct(name: string): boolean {
    return this.storeText(productEntry, name);
  }

  /** Stores the serial number, at most 16 ASCII characters. */
  storeSerialNumber(serialNumber: string): boolean {
    return this.storeText(serialNumberEntry, serialNumber);
  }

  /** Stores a key. @throws {RangeError} unless it has 16 bytes. */
  storeKey(name: KeyName, key: Uint8Array): boolean {
    if (key.byteLength !== entryByteLength) throw new RangeError(`a key has ${entryByteLength} bytes`);
    return this.storeBytes(keyEntries[name], key.slice());
  }

  /** Stores epoch and pulse weight in one: there is no moment at which one is new and the other is not. */
  storeCalibration({ epoch, pulseWeightMillilitres }: Calibration): boolean {
    return this.storeBytes(calibrationEntry, twoNumbers(epoch, pulseWeightMillilitres));
  }

  storeAccessCounters({ failures, unlockCounter }: AccessCounters): boolean {
    return this.storeBytes(accessEntry, twoNumbers(failures, unlockCounter));
  }

  /** Stores one number; the caller has checked it with `settingProblem`. */
  store(id: number, value: number): boolean {
    const bytes = new Uint8Array(entryByteLength);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    return this.storeBytes(id, bytes);
  }

  private text(id: number): string {
    const value = this.#live.get(id)?.value;
    let text = "";
    for (let index = 0; value && index < entryByteLength; index++) {
      const code = value[index] as number;
      if (code !== 0) text += String.fromCharCode(code);
    }
    return text;
  }

  private storeText(id: number, text: string): boolean {
    if (text.length > entryByteLength) throw new RangeError(`"${text}" is longer than ${entryByteLength}`);
    const value = new Uint8Array(entryByteLength);
    for (let index = 0; index < text.length; index++) value[index] = text.charCodeAt(index);
    return this.storeBytes(id, value);
  }

  private storeBytes(id: number, value: Uint8Array): boolean {
    return this.preserve() && this.append(id, value);
  }

  /** Copies the entries that stand in older sectors into the present one. */
  private preserve(): boolean {
    const { headSequence } = this.#log;
    let isDone = true;
    new Map(this.#live).forEach(({ sequence, value }, id) => {
      if (!isDone) return;
      if (sequence < headSequence && !this.append(id, value)) isDone = false;
    });
    return isDone;
  }

  private append(id: number, value: Uint8Array): boolean {
    const bytes = new Uint8Array(recordByteLength);
    bytes[0] = recordVersion;
    writeUnsigned(bytes, sequenceOffset, 4, this.#log.lastSequence + 1);
    writeUnsigned(bytes, idOffset, 2, id);
    bytes.set(value, valueOffset);
    if (!this.#log.append(bytes)) return false;
    this.take(bytes);
    return true;
  }

  private take(bytes: Uint8Array): void {
    const value = bytes.slice(valueOffset, valueOffset + entryByteLength);
    this.#live.set(readUnsigned(bytes, idOffset, 2), { sequence: sequenceOf(bytes), value });
  }
}

function twoNumbers(first: number, second: number): Uint8Array {
  const value = new Uint8Array(entryByteLength);
  writeUnsigned(value, 0, 4, first);
  writeUnsigned(value, 4, 4, second);
  return value;
}
