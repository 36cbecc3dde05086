import type { FlashPartition } from "../../hal/flash.js";
import { getUnsigned, recordByteLength, sequenceOffset, setUnsigned, viewOf } from "../storage/record.js";
import { MirroredLog } from "../storage/mirrored-log.js";
import type { RingPosition } from "../storage/ring-position.js";

const deliveryKind = 5;
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
 * The watermark of delivery: one record per acknowledgement, the newest counts.
 *
 * Record: 0 version, 4 sequence u32, 8 forward u56, 15 reverse u40, 20 interval sequence u32.
 */
export class DeliveryLog {
  #log: MirroredLog;
  #watermark: Watermark = { intervalSequence: 0, forwardPulses: 0, reversePulses: 0 };

  /** Uses the whole of `flash`. */
  constructor(
    flash: FlashPartition,
    mayEraseAhead: () => boolean,
    positions?: readonly [RingPosition, RingPosition],
  ) {
    this.#log = new MirroredLog({ flash, kind: deliveryKind, mayEraseAhead, positions });
    const newest = this.#log.newest;
    if (newest?.[0] !== recordVersion) return;
    const view = viewOf(newest);
    this.#watermark = {
      intervalSequence: view.getUint32(20, true),
      forwardPulses: getUnsigned(view, 8, 7),
      reversePulses: getUnsigned(view, 15, 5),
    };
  }

  get watermark(): Watermark {
    return this.#watermark;
  }

  /** Moves the watermark, which only an acknowledgement from the head-end may do. */
  acknowledge(watermark: Watermark): boolean {
    const bytes = new Uint8Array(recordByteLength);
    const view = viewOf(bytes);
    view.setUint8(0, recordVersion);
    view.setUint32(sequenceOffset, this.#log.lastSequence + 1, true);
    setUnsigned(view, 8, 7, watermark.forwardPulses);
    setUnsigned(view, 15, 5, watermark.reversePulses);
    view.setUint32(20, watermark.intervalSequence, true);
    if (!this.#log.append(bytes)) return false;
    this.#watermark = watermark;
    return true;
  }
}
