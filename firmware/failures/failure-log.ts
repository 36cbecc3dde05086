import { writeUnsigned } from "../../hal/base/bytes.js";
import type { Failure } from "../../hal/failure.js";
import type { LogStorage } from "../legal/rings/log-storage.js";
import { MirroredLog } from "../legal/rings/mirrored-log.js";
import { recordByteLength, sequenceOffset } from "../legal/rings/record.js";
import { logs } from "../storage/logs.js";

export const failureVersion = 1;
export const failureTextOffset = 12;
export const failurePartLength = 16;
/** Records that one failure takes at most. */
export const mostFailureParts = 12;

/**
 * The meter's failures, for whoever has to find out why it restarted: what was thrown and where. Text is longer than
 * a record, so a failure takes as many as it needs, each with its place among them.
 *
 * Record: 0 version, 1 place, 2 records in all, 3 length, 4 sequence u32, 8 epoch seconds u32, 12 text, 28 CRC-32.
 */
export class FailureLog {
  #log: MirroredLog;

  /** @throws {Error} when the board has no partition for it. */
  constructor(storage: LogStorage) {
    this.#log = new MirroredLog(storage, logs.failures);
  }

  /** Stores a failure, cut to 192 characters. False when the flash refuses. */
  append({ module, reason }: Failure, epochSeconds: number): boolean {
    const text = `${module}: ${reason}`;
    const parts = Math.min(mostFailureParts, Math.ceil(text.length / failurePartLength));
    for (let place = 0; place < parts; place++) {
      const start = place * failurePartLength;
      if (!this.appendPart(text.slice(start, start + failurePartLength), place, parts, epochSeconds))
        return false;
    }
    return true;
  }

  private appendPart(text: string, place: number, parts: number, epochSeconds: number): boolean {
    const bytes = new Uint8Array(recordByteLength);
    bytes[0] = failureVersion;
    bytes[1] = place;
    bytes[2] = parts;
    bytes[3] = text.length;
    writeUnsigned(bytes, sequenceOffset, 4, this.#log.lastSequence + 1);
    writeUnsigned(bytes, 8, 4, epochSeconds);
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      bytes[failureTextOffset + index] = code < 0x80 ? code : 0x3f;
    }
    return this.#log.append(bytes);
  }
}
