import { DecoderOperation, type PortResult } from "../boundary/port.js";
import { decodePulseReading, pulseReadingByteLength } from "../boundary/pulse-reading.js";
import { ApplicationFault } from "./application-fault.js";
import type { BoardTimeline } from "./parts.js";

/** What one answer can carry on every engine's line. */
const partByteLength = 16 * 1024;

/**
 * The board's side of a program that runs the decoder of `hal/core/` itself, as a chip would: it is told what the polls
 * found, and the reading that the board's own decoder came to, which decides when the chip wakes. The two must agree.
 */
export class NativeDecoder {
  #timeline: BoardTimeline;
  #given: Uint8Array = new Uint8Array(0);

  constructor(timeline: BoardTimeline) {
    this.#timeline = timeline;
  }

  /** What the program gets for `Operation.pulseRead`: the reading, then the first part of the timeline. */
  follow(reading: PortResult): Uint8Array {
    if (!(reading instanceof Uint8Array)) throw new Error("the pulse input gave no reading");
    this.#given = reading;
    const part = this.#timeline.take(partByteLength);
    const bytes = new Uint8Array(reading.byteLength + part.byteLength);
    bytes.set(reading);
    bytes.set(part, reading.byteLength);
    return bytes;
  }

  /**
   * The answer to a `DecoderOperation`; undefined when `operation` is none.
   * @throws {ApplicationFault} when the program says that its decoder has counted otherwise.
   */
  answer(operation: number, bytes: Uint8Array | undefined): Uint8Array | undefined {
    if (operation === DecoderOperation.timeline) return this.#timeline.take(partByteLength);
    if (operation === DecoderOperation.difference)
      throw new ApplicationFault(differenceOf(this.#given, bytes));
    return undefined;
  }
}

function differenceOf(given: Uint8Array, counted: Uint8Array | undefined): string {
  if (counted?.byteLength !== pulseReadingByteLength) return "the program's pulse decoder gave no reading";
  const expected = decodePulseReading(given);
  const actual = decodePulseReading(counted);
  const names = Object.keys(expected) as (keyof typeof expected)[];
  const differences = names
    .filter((name) => expected[name] !== actual[name])
    .map((name) => `${name} ${String(actual[name])} in C, ${String(expected[name])} in the reference`);
  return `the two pulse decoders differ: ${differences.join("; ")}`;
}
