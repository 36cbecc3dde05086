import type { FlashPartition } from "../../hal/flash.js";
import { getUnsigned, recordByteLength, sequenceOffset, setUnsigned, viewOf } from "../storage/record.js";
import { RecordRing } from "../storage/record-ring.js";
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
  #ring: RecordRing;
  #sequence = 0;
  #watermark: Watermark = { intervalSequence: 0, forwardPulses: 0, reversePulses: 0 };

  /** Uses the whole of `flash`. */
  constructor(flash: FlashPartition, mayEraseAhead: () => boolean, position?: RingPosition) {
    const sectorCount = flash.geometry.byteLength / flash.geometry.sectorByteLength;
    this.#ring = new RecordRing({
      flash,
      firstSector: 0,
      sectorCount,
      kind: deliveryKind,
      mayEraseAhead,
      ...(position && { position }),
    });
    const newest = this.#ring.newest;
    if (!newest) return;
    const view = viewOf(newest);
    this.#sequence = view.getUint32(sequenceOffset, true);
    if (view.getUint8(0) !== recordVersion) return;
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
    view.setUint32(sequenceOffset, this.#sequence + 1, true);
    setUnsigned(view, 8, 7, watermark.forwardPulses);
    setUnsigned(view, 15, 5, watermark.reversePulses);
    view.setUint32(20, watermark.intervalSequence, true);
    if (!this.#ring.append(bytes)) return false;
    this.#sequence++;
    this.#watermark = watermark;
    return true;
  }
}
