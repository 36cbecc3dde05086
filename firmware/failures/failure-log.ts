import { readUnsigned, writeUnsigned } from "../../hal/base/bytes.js";
import type { Failure } from "../../hal/failure.js";
import type { LogStorage } from "../legal/rings/log-storage.js";
import { MirroredLog } from "../legal/rings/mirrored-log.js";
import { recordByteLength, sequenceOffset } from "../legal/rings/record.js";
import { logs } from "../storage/logs.js";

const recordVersion = 1;
const textOffset = 12;
const textByteLength = 16;
/** Records that one failure takes at most. */
const mostParts = 12;

export interface FailureEntry {
  /** `module: reason`, ASCII. */
  readonly text: string;
  /** UTC epoch seconds at the start after the failure; 0 while the meter had no date. */
  readonly epochSeconds: number;
}

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
    const parts = Math.min(mostParts, Math.ceil(text.length / textByteLength));
    for (let place = 0; place < parts; place++) {
      const start = place * textByteLength;
      if (!this.appendPart(text.slice(start, start + textByteLength), place, parts, epochSeconds))
        return false;
    }
    return true;
  }

  /** The last `count` failures, oldest first; one that a power failure cut off is told as far as it goes. */
  newest(count: number): FailureEntry[] {
    const entries: FailureEntry[] = [];
    const first = Math.max(1, this.#log.lastSequence - count * mostParts + 1);
    this.#log.visitFrom(first, (bytes) => {
      if (bytes[0] !== recordVersion) return true;
      let text = "";
      for (let index = 0; index < Math.min(bytes[3] as number, textByteLength); index++)
        text += String.fromCharCode(bytes[textOffset + index] as number);
      const started = entries[entries.length - 1];
      if (bytes[1] === 0) entries.push({ text, epochSeconds: readUnsigned(bytes, 8, 4) });
      else if (started) entries[entries.length - 1] = { ...started, text: started.text + text };
      return true;
    });
    return entries.slice(-count);
  }

  private appendPart(text: string, place: number, parts: number, epochSeconds: number): boolean {
    const bytes = new Uint8Array(recordByteLength);
    bytes[0] = recordVersion;
    bytes[1] = place;
    bytes[2] = parts;
    bytes[3] = text.length;
    writeUnsigned(bytes, sequenceOffset, 4, this.#log.lastSequence + 1);
    writeUnsigned(bytes, 8, 4, epochSeconds);
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      bytes[textOffset + index] = code < 0x80 ? code : 0x3f;
    }
    return this.#log.append(bytes);
  }
}
