import { printableText } from "../../../hal/base/bytes.js";
import { messageLength } from "../../contracts/service-line.js";
import { requestLength } from "../../contracts/service-protocol.js";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** What a line was found to be. */
export type LineEvent =
  | { readonly kind: "message"; readonly message: string }
  /** Its check digits are wrong or missing. */
  | { readonly kind: "garbled" }
  | { readonly kind: "too-long" };

/** Cuts what comes in into lines. It holds one line's bytes, whatever comes in. */
export class LineReader {
  #bytes = new Uint8Array(requestLength);
  #length = 0;
  #onLine: (line: LineEvent) => void;

  constructor(onLine: (line: LineEvent) => void) {
    this.#onLine = onLine;
  }

  /** Empty lines are passed over. `onLine` is called inside. */
  push(bytes: Uint8Array): void {
    for (let index = 0; index < bytes.byteLength; index++) {
      const code = bytes[index] as number;
      if (code === lineFeed || code === carriageReturn) this.end();
      else {
        if (this.#length < requestLength) this.#bytes[this.#length] = code;
        this.#length++;
      }
    }
  }

  /** Something was lost: the line under way can't be right any more. */
  spoil(): void {
    this.#length = requestLength + 1;
  }

  private end(): void {
    const length = this.#length;
    this.#length = 0;
    if (length === 0) return;
    if (length > requestLength) {
      this.#onLine({ kind: "too-long" });
      return;
    }
    const end = messageLength(this.#bytes, length);
    if (end < 0) this.#onLine({ kind: "garbled" });
    else this.#onLine({ kind: "message", message: printableText(this.#bytes, 0, end) });
  }
}
