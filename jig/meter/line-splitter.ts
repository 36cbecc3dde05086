const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Cuts a stream of bytes into lines, whatever noise is in it. A line that grows too long is given up as damaged. */
export class LineSplitter {
  #longestLine: number;
  #onLine: (line: string, atMilliseconds: number) => void;
  #line = "";
  #startMilliseconds = 0;

  /**
   * @param onLine gets each line that is not empty, without line end, one character a byte, and when its first byte
   * came: a long line is no later than a short one that was sent at the same moment
   */
  constructor(longestLine: number, onLine: (line: string, atMilliseconds: number) => void) {
    this.#longestLine = longestLine;
    this.#onLine = onLine;
  }

  push(bytes: Uint8Array, atMilliseconds: number): void {
    for (const byte of bytes) {
      const isEnd = byte === lineFeed || byte === carriageReturn;
      if (this.#line === "") this.#startMilliseconds = atMilliseconds;
      if (!isEnd) this.#line += String.fromCharCode(byte);
      if (isEnd || this.#line.length > this.#longestLine) this.#flush();
    }
  }

  #flush(): void {
    const line = this.#line;
    this.#line = "";
    if (line !== "") this.#onLine(line, this.#startMilliseconds);
  }
}
