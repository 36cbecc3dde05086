import type { OutputStream } from "./surroundings.js";

const eraseLine = "\r\u001B[K";

/** What is being done, told in one line: rewritten in a terminal, printed once elsewhere. */
export class ProgressLine {
  #stream: OutputStream;
  #isShown = false;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  show(message: string): void {
    if (this.#stream.isTTY ?? false) this.#stream.write(`${eraseLine}${message}`);
    else if (!this.#isShown) this.#stream.write(`${message}\n`);
    this.#isShown = true;
  }

  /** Makes room for something else to be printed, where the line is rewritten. */
  hide(): void {
    if (this.#isShown && (this.#stream.isTTY ?? false)) this.#stream.write(eraseLine);
  }

  /** Takes the line away again where that is possible. */
  close(): void {
    this.hide();
    this.#isShown = false;
  }
}
