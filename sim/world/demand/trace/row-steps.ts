interface Step {
  count: number;
  /** The first rows that came so long after the one before. */
  readonly lines: number[];
}

/** A longer time than so many usual steps between two rows means that rows are missing. */
const gapSteps = 1.5;
const mostLines = 10;

/** A time between two rows that is longer than usual. */
export interface Gap {
  /** Line of the row behind it. */
  readonly line: number;
  readonly milliseconds: number;
}

/** How far apart the rows of a trace are: each distance counted, however many rows there are. */
export class RowSteps {
  #steps = new Map<number, Step>();
  #count = 0;
  #usual: number | undefined;

  add(line: number, milliseconds: number): void {
    this.#count++;
    const step = this.#steps.get(milliseconds);
    if (!step) this.#steps.set(milliseconds, { count: 1, lines: [line] });
    else if (++step.count <= mostLines) step.lines.push(line);
  }

  /** The median, in milliseconds; of at least one step. */
  get usualMilliseconds(): number {
    if (this.#usual !== undefined) return this.#usual;
    let passed = 0;
    for (const [milliseconds, { count }] of [...this.#steps].sort(([one], [other]) => one - other)) {
      passed += count;
      this.#usual = milliseconds;
      if (passed > this.#count >> 1) break;
    }
    return this.#usual ?? NaN;
  }

  isGap(milliseconds: number): boolean {
    return milliseconds > gapSteps * this.usualMilliseconds;
  }

  /** The first ones in order of the file, and how many there are. */
  gaps(): { readonly first: readonly Gap[]; readonly count: number } {
    const gaps = [...this.#steps].filter(([milliseconds]) => this.isGap(milliseconds));
    const first = gaps.flatMap(([milliseconds, { lines }]) => lines.map((line) => ({ line, milliseconds })));
    first.sort((one, other) => one.line - other.line);
    const count = gaps.reduce((sum, [, step]) => sum + step.count, 0);
    return { first: first.slice(0, mostLines), count };
  }
}
