import { decodeMeterRecord, type MeterRecord } from "../../firmware/legal/register/meter-record.js";
import { isSealedRecord, recordByteLength } from "../../firmware/legal/rings/record.js";
import { readUnsigned } from "../../hal/base/bytes.js";
import type { FaultyChip } from "./faulty-chip.js";
import type { FaultyFlash, FlashChange } from "../world/flash/faulty-flash.js";

/** Where a record of the delivery log has its watermark; sector headers have another first byte. */
const deliveryVersion = 1;
const watermarkOffset = 20;

/** What the firmware writes, as the checkers want to know it. */
export interface FlashListener {
  onJournal(record: MeterRecord): void;
  /** It was being programmed as power went or a reset struck: it may be found whole, or not. */
  onTornJournal(record: MeterRecord): void;
  /** The meter has just taken this interval value and is writing it for the first time; it may be torn. */
  onNewInterval(record: MeterRecord): void;
  /** Complete in flash: a new value, or one written once more, days later at times, that a start has found torn. */
  onInterval(record: MeterRecord): void;
  onTornInterval(record: MeterRecord): void;
  /** All interval values up to that sequence number are acknowledged. */
  onWatermark(sequence: number): void;
}

/** Looks over the firmware's shoulder: decodes each record as its programming is complete. */
export class FlashWitness {
  /** Passes each record on; a test may put another in its place. */
  observe: (record: MeterRecord) => MeterRecord = (record) => record;
  #chip: FaultyChip;
  #listener: FlashListener;
  /** Interval records that were begun, whole or torn, in hexadecimal. */
  #begun = new Set<string>();

  constructor(chip: FaultyChip, listener: FlashListener) {
    this.#chip = chip;
    this.#listener = listener;
  }

  /** After a program operation that reported success; what a failing sector swallowed is no record. */
  onProgrammed(partition: number, address: number, bytes: Uint8Array): void {
    const flash = this.#chip.partitions[partition];
    if (!flash || !isStored(flash, address, bytes)) return;
    if (flash.label === "delivery") this.#onDelivery(bytes);
    const record = recordIn(bytes);
    if (!record) return;
    if (flash.label === "journal") this.#listener.onJournal(this.observe(record));
    if (flash.label === "intervals") {
      const observed = this.observe(record);
      if (this.#isFirst(bytes)) this.#listener.onNewInterval(observed);
      this.#listener.onInterval(observed);
    }
  }

  /** Power or a reset has struck in the middle of this operation. */
  onTorn({ label, bytes }: FlashChange): void {
    const record = bytes && recordIn(bytes);
    if (!record) return;
    if (label === "journal") this.#listener.onTornJournal(record);
    if (label !== "intervals") return;
    if (this.#isFirst(bytes)) this.#listener.onNewInterval(record);
    this.#listener.onTornInterval(record);
  }

  /** False for the second copy of a mirrored log, and for what a start has found torn and writes once more. */
  #isFirst(bytes: Uint8Array): boolean {
    const text = Buffer.from(bytes).toString("hex");
    if (this.#begun.has(text)) return false;
    this.#begun.add(text);
    return true;
  }

  #onDelivery(bytes: Uint8Array): void {
    if (bytes.byteLength !== recordByteLength || bytes[0] !== deliveryVersion || !isSealedRecord(bytes))
      return;
    this.#listener.onWatermark(readUnsigned(bytes, watermarkOffset, 4));
  }
}

/** The register value in bytes that are being programmed; undefined for a header or anything else. */
export function recordIn(bytes: Uint8Array): MeterRecord | undefined {
  if (bytes.byteLength !== recordByteLength || !isSealedRecord(bytes)) return undefined;
  return decodeMeterRecord(bytes);
}

/** The highest registers that any readable record of the journal shows, found without the journal's own code. */
export function journalledRegisters(journal: FaultyFlash): { forwardPulses: number; reversePulses: number } {
  let forwardPulses = 0;
  let reversePulses = 0;
  const { image } = journal.nor;
  for (let address = 0; address < image.byteLength; address += recordByteLength) {
    if (image[address] === 0xff || !isReadable(journal, address)) continue;
    const record = recordIn(image.subarray(address, address + recordByteLength));
    if (!record) continue;
    forwardPulses = Math.max(forwardPulses, record.forwardPulses);
    reversePulses = Math.max(reversePulses, record.reversePulses);
  }
  return { forwardPulses, reversePulses };
}

function isStored(flash: FaultyFlash, address: number, bytes: Uint8Array): boolean {
  const { image } = flash.nor;
  for (let index = 0; index < bytes.byteLength; index++)
    if (image[address + index] !== bytes[index]) return false;
  return isReadable(flash, address);
}

function isReadable({ bad, geometry }: FaultyFlash, address: number): boolean {
  return bad?.mode !== "read-error" || !bad.isBad(Math.floor(address / geometry.sectorByteLength));
}

/** True when a valid record of that date still stands in a log. */
export function holdsRecordOf(log: FaultyFlash, epochSeconds: number): boolean {
  const { image } = log.nor;
  for (let address = 0; address < image.byteLength; address += recordByteLength) {
    if (image[address] === 0xff || !isReadable(log, address)) continue;
    const record = recordIn(image.subarray(address, address + recordByteLength));
    if (record?.epochSeconds === epochSeconds) return true;
  }
  return false;
}
