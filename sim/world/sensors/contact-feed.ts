/** Bytes of the head of a part, and of each edge in it. */
const headByteLength = 16;
const edgeByteLength = 12;

/**
 * What the contacts did, in the order of time, for somebody who polls them otherwise than the board's own counter:
 * taken in parts of f64 now, u32 1 when more follows, u32 contacts before the first edge, then for each edge f64 its
 * time and u32 the contacts from then on, all little-endian, times in microseconds of the world.
 */
export class ContactFeed {
  #contacts: number;
  #edges: { readonly atMicroseconds: number; readonly contacts: number }[] = [];
  #now: () => number;

  /** `now` sees to it that everything up to now has been added. */
  constructor(contacts: number, now: () => number) {
    this.#contacts = contacts;
    this.#now = now;
  }

  add(atMicroseconds: number, contacts: number): void {
    this.#edges.push({ atMicroseconds, contacts });
  }

  /** The oldest edges, as many as fit into `byteLength`, which are forgotten here. */
  take(byteLength: number): Uint8Array {
    const now = this.#now();
    const taken = this.#edges.splice(0, Math.floor((byteLength - headByteLength) / edgeByteLength));
    const view = new DataView(new ArrayBuffer(headByteLength + taken.length * edgeByteLength));
    view.setFloat64(0, now, true);
    view.setUint32(8, this.#edges.length > 0 ? 1 : 0, true);
    view.setUint32(12, this.#contacts, true);
    let offset = headByteLength;
    for (const { atMicroseconds, contacts } of taken) {
      view.setFloat64(offset, atMicroseconds, true);
      view.setUint32(offset + 8, contacts, true);
      offset += edgeByteLength;
      this.#contacts = contacts;
    }
    return new Uint8Array(view.buffer);
  }
}
