import type { DecodedCounts, PulseDecoderOptions } from "./pulse-decoder.js";

/** What the first word of an entry says, in its upper bits; its lowest three are the contacts where there are any. */
const EntryKind = Object.freeze({ run: 0, start: 0x10, configure: 0x20 });

/** Bytes of the word that goes before the entries. */
const headByteLength = 4;

/**
 * What the pulse input's polls have found, for a decoder somewhere else to follow: taken in parts, each of whole
 * entries of little-endian u32.
 *
 *   run:       kind | contacts, polls
 *   start:     kind | contacts, forward, reverse, options
 *   configure: kind, options
 *
 * Options are sensor (0 single, 1 dual reed), debounce polls, magnet polls, one-sided pulses. A part begins with a
 * word that is 1 when more follow, 0 otherwise.
 */
export class ContactTimeline {
  #entries: Uint32Array[] = [];

  start(options: PulseDecoderOptions, contacts: number, { forward, reverse }: DecodedCounts): void {
    // Nobody needs to know what a decoder without power did.
    this.#entries = [];
    this.#add(EntryKind.start | contacts, forward, reverse, ...wordsOf(options));
  }

  configure(options: PulseDecoderOptions): void {
    this.#add(EntryKind.configure, ...wordsOf(options));
  }

  run(contacts: number, polls: number): void {
    const last = this.#entries.at(-1);
    const polled = last?.[0] === (EntryKind.run | contacts) ? (last[1] as number) : 0;
    if (last && polled > 0 && polled + polls <= 0xffff_ffff) last[1] = polled + polls;
    else this.#add(EntryKind.run | contacts, polls);
  }

  /** The oldest entries, as many as fit into `byteLength`, which are forgotten here. */
  take(byteLength: number): Uint8Array {
    let count = 0;
    let end = headByteLength;
    for (const entry of this.#entries) {
      if (end + entry.byteLength > byteLength) break;
      end += entry.byteLength;
      count++;
    }
    const taken = this.#entries.splice(0, count);
    const bytes = new Uint8Array(end);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, this.#entries.length > 0 ? 1 : 0, true);
    let offset = headByteLength;
    for (const entry of taken)
      for (const word of entry) {
        view.setUint32(offset, word, true);
        offset += 4;
      }
    return bytes;
  }

  #add(...words: number[]): void {
    this.#entries.push(Uint32Array.from(words));
  }
}

function wordsOf(options: PulseDecoderOptions): number[] {
  const sensor = options.sensor === "dual-reed" ? 1 : 0;
  return [sensor, options.debouncePolls, options.magnetPolls, options.oneSidedPulses];
}
