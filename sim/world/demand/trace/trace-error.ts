/** A trace file that can't be used. The message is one line for the person who wrote the file: where, what, and what to do. */
export class TraceError extends Error {
  /** Stable. */
  readonly code = "trace";
  override readonly name = "TraceError";
  /** Line of the file, counted from 1; undefined when it is about the whole file. */
  readonly line: number | undefined;

  constructor(path: string, line: number | undefined, problem: string) {
    super(line === undefined ? `${path}: ${problem}` : `${path}, line ${line}: ${problem}`);
    this.line = line;
  }
}
