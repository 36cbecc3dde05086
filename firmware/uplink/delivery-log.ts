import { readUnsigned, writeUnsigned } from "../../hal/base/bytes.js";
import { recordByteLength, sequenceOffset } from "../legal/rings/record.js";
import type { LogStorage } from "../legal/rings/log-storage.js";
import { MirroredLog } from "../legal/rings/mirrored-log.js";
import { newestKeeper } from "../legal/rings/sector-keeper.js";
import { logs } from "../storage/logs.js";

const recordVersion = 1;

/** How far the head-end has confirmed. */
export interface Watermark {
  /** Sequence number of the last interval value that was acknowledged; 0 for none. */
  readonly intervalSequence: number;
  /** The index that came with it. */
  readonly forwardPulses: number;
  readonly reversePulses: number;
}

/**
 * The watermark of delivery: one record per acknowledgement, the newest counts. The log is only open while it is read
 * or written: a contact needs its memory in between.
 *
 * Record: 0 version, 4 sequence u32, 8 forward u56, 15 reverse u40, 20 interval sequence u32.
 */
export class DeliveryLog {
  #storage: LogStorage;
  #watermark: Watermark = { intervalSequence: 0, forwardPulses: 0, reversePulses: 0 };

  constructor(storage: LogStorage) {
    this.#storage = storage;
    const { newest } = this.open();
    if (newest?.[0] !== recordVersion) return;
    this.#watermark = {
      intervalSequence: readUnsigned(newest, 20, 4),
      forwardPulses: readUnsigned(newest, 8, 7),
      reversePulses: readUnsigned(newest, 15, 5),
    };
  }

  get watermark(): Watermark {
    return this.#watermark;
  }

  /** Moves the watermark, which only an acknowledgement from the head-end may do. */
  acknowledge(watermark: Watermark): boolean {
    const log = this.open();
    const bytes = new Uint8Array(recordByteLength);
    bytes[0] = recordVersion;
    writeUnsigned(bytes, sequenceOffset, 4, log.lastSequence + 1);
    writeUnsigned(bytes, 8, 7, watermark.forwardPulses);
    writeUnsigned(bytes, 15, 5, watermark.reversePulses);
    writeUnsigned(bytes, 20, 4, watermark.intervalSequence);
    if (!log.append(bytes)) return false;
    this.#watermark = watermark;
    return true;
  }

  private open(): MirroredLog {
    return new MirroredLog(this.#storage, logs.delivery, newestKeeper);
  }
}
