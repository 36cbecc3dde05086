import type { FlashPartition } from "../../hal/flash.js";
import { recordByteLength, sequenceOffset, viewOf } from "../storage/record.js";
import { RecordRing } from "../storage/record-ring.js";

const settingsKind = 6;
const recordVersion = 1;
const noProduct = "";
const longestProductName = 8;

/**
 * This meter's own settings: which product it is and which values differ from the product's defaults. Each
 * change is one record; the last one for a setting counts.
 *
 * Record: 0 version, 4 sequence u32, 8 setting id u16 (0 for the product's name), 12 value f64 or name.
 */
export class SettingsStore {
  readonly overrides = new Map<number, number>();
  productName = noProduct;
  #ring: RecordRing;
  #lastSequence = 0;

  /** Uses the whole of `flash`. */
  constructor(flash: FlashPartition, mayEraseAhead: () => boolean) {
    const sectorCount = flash.geometry.byteLength / flash.geometry.sectorByteLength;
    this.#ring = new RecordRing({ flash, firstSector: 0, sectorCount, kind: settingsKind, mayEraseAhead });
    if (!this.#ring.newest) return;
    this.#lastSequence = viewOf(this.#ring.newest).getUint32(sequenceOffset, true);
    this.#ring.visitFrom(1, (bytes, view) => {
      if (bytes[0] === recordVersion) this.#take(view);
      return true;
    });
  }

  /** Stores which product this meter is; names have at most 8 ASCII characters. */
  storeProduct(name: string): boolean {
    if (name.length > longestProductName) throw new RangeError(`product name ${name} is too long`);
    return this.#append(0, (view) => {
      for (let index = 0; index < name.length; index++) view.setUint8(12 + index, name.charCodeAt(index));
    });
  }

  /** Stores one value; the caller has checked it with `settingProblem`. */
  store(id: number, value: number): boolean {
    return this.#append(id, (view) => {
      view.setFloat64(12, value, true);
    });
  }

  #append(id: number, fill: (view: DataView) => void): boolean {
    const bytes = new Uint8Array(recordByteLength);
    const view = viewOf(bytes);
    view.setUint8(0, recordVersion);
    view.setUint32(sequenceOffset, this.#lastSequence + 1, true);
    view.setUint16(8, id, true);
    fill(view);
    if (!this.#ring.append(bytes)) return false;
    this.#lastSequence++;
    this.#take(view);
    return true;
  }

  #take(view: DataView): void {
    const id = view.getUint16(8, true);
    if (id !== 0) {
      this.overrides.set(id, view.getFloat64(12, true));
      return;
    }
    this.productName = "";
    for (let index = 0; index < longestProductName; index++) {
      const code = view.getUint8(12 + index);
      if (code !== 0) this.productName += String.fromCharCode(code);
    }
  }
}
