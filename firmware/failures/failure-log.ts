import type { Failure } from "../../hal/failure.js";
import type { FlashPartition } from "../../hal/flash.js";
import { MirroredLog } from "../storage/mirrored-log.js";
import { recordByteLength, sequenceOffset, viewOf } from "../storage/record.js";

const failureKind = 9;
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

  /** Uses the whole of `flash`, at least two times three sectors. */
  constructor(flash: FlashPartition, mayEraseAhead: () => boolean) {
    this.#log = new MirroredLog({ flash, kind: failureKind, mayEraseAhead });
  }

  /** Stores a failure, cut to 192 characters. False when the flash refuses. */
  append({ module, reason }: Failure, epochSeconds: number): boolean {
    const text = `${module}: ${reason}`;
    const parts = Math.min(mostParts, Math.ceil(text.length / textByteLength));
    for (let place = 0; place < parts; place++) {
      const start = place * textByteLength;
      if (!this.#appendPart(text.slice(start, start + textByteLength), place, parts, epochSeconds))
        return false;
    }
    return true;
  }

  /** The last `count` failures, oldest first; one that a power failure cut off is told as far as it goes. */
  newest(count: number): FailureEntry[] {
    const entries: FailureEntry[] = [];
    const first = Math.max(1, this.#log.lastSequence - count * mostParts + 1);
    this.#log.visitFrom(first, (bytes) => {
      const view = viewOf(bytes);
      if (view.getUint8(0) !== recordVersion) return true;
      let text = "";
      for (let index = 0; index < Math.min(view.getUint8(3), textByteLength); index++)
        text += String.fromCharCode(view.getUint8(textOffset + index));
      const started = entries[entries.length - 1];
      if (view.getUint8(1) === 0) entries.push({ text, epochSeconds: view.getUint32(8, true) });
      else if (started) entries[entries.length - 1] = { ...started, text: started.text + text };
      return true;
    });
    return entries.slice(-count);
  }

  #appendPart(text: string, place: number, parts: number, epochSeconds: number): boolean {
    const bytes = new Uint8Array(recordByteLength);
    const view = viewOf(bytes);
    view.setUint8(0, recordVersion);
    view.setUint8(1, place);
    view.setUint8(2, parts);
    view.setUint8(3, text.length);
    view.setUint32(sequenceOffset, this.#log.lastSequence + 1, true);
    view.setUint32(8, epochSeconds, true);
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      view.setUint8(textOffset + index, code < 0x80 ? code : 0x3f);
    }
    return this.#log.append(bytes);
  }
}
