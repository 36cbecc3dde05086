import { readUnsigned } from "../../hal/base/bytes.js";
import type { LogStorage } from "../legal/rings/log-storage.js";
import { MirroredLog } from "../legal/rings/mirrored-log.js";
import { logs } from "../storage/logs.js";
import { failurePartLength, failureTextOffset, failureVersion, mostFailureParts } from "./failure-log.js";

export interface FailureEntry {
  /** `module: reason`, ASCII. */
  readonly text: string;
  /** UTC epoch seconds at the start after the failure; 0 while the meter had no date. */
  readonly epochSeconds: number;
}

/**
 * The last `count` failures, oldest first; one that a power failure cut off is told as far as it goes. For whoever has the
 * flash in hand: the meter itself tells nobody, and its image is without this.
 */
export function newestFailures(storage: LogStorage, count: number): FailureEntry[] {
  const log = new MirroredLog(storage, logs.failures);
  const entries: FailureEntry[] = [];
  log.visitFrom(Math.max(1, log.lastSequence - count * mostFailureParts + 1), (bytes) => {
    if (bytes[0] !== failureVersion) return true;
    let text = "";
    for (let index = 0; index < Math.min(bytes[3] as number, failurePartLength); index++)
      text += String.fromCharCode(bytes[failureTextOffset + index] as number);
    const started = entries[entries.length - 1];
    if (bytes[1] === 0) entries.push({ text, epochSeconds: readUnsigned(bytes, 8, 4) });
    else if (started) entries[entries.length - 1] = { ...started, text: started.text + text };
    return true;
  });
  return entries.slice(-count);
}
