import { Slice, type SliceDeclaration, type SliceSource } from "../legal/retained/slice.js";

const entryByteLength = 5;
const valueByteLength = 4;
/** As many settings of its own as there is room for. */
export const mostEntries = 30;
const countAt = 0;
const entriesAt = 1;

/** 0 how many; from 1 on of each of at most 30 the id u8 and the value u32. */
const declaration: SliceDeclaration = Object.freeze({ name: "own-settings", version: 1, byteLength: 151 });

/**
 * The numbers in which this meter differs from its product, for every wake needs them and to read them from flash costs
 * more than all else that it does. A meter that differs in none never opens this.
 */
export class OwnSettingsMemory extends Slice {
  constructor(slices: SliceSource) {
    super(slices, declaration);
  }

  /** By setting id; undefined when nothing whole was kept. */
  get values(): Map<number, number> | undefined {
    if (!this.wasValid) return undefined;
    const values = new Map<number, number>();
    const end = entriesAt + this.get(countAt, 1) * entryByteLength;
    for (let at = entriesAt; at < end; at += entryByteLength)
      values.set(this.get(at, 1), this.get(at + 1, valueByteLength));
    return values;
  }

  /** Returns false, with nothing kept, where a number does not fit: then the flash has to be asked at each wake. */
  keep(values: ReadonlyMap<number, number>): boolean {
    let fits = values.size <= mostEntries;
    let at = entriesAt;
    values.forEach((value, id) => {
      fits &&= id <= 0xff && value >>> 0 === value;
      if (!fits) return;
      this.put(at, 1, id);
      this.put(at + 1, valueByteLength, value);
      at += entryByteLength;
    });
    this.put(countAt, 1, fits ? values.size : 0);
    return fits;
  }
}
