/** The water of one row of a trace, flowing evenly. */
export interface FlowRow {
  readonly line: number;
  /** Since 1970. */
  readonly endMilliseconds: number;
  /** Since the row before; NaN for the first row. */
  readonly sinceMilliseconds: number;
  readonly pulses: number;
  /** The part of a pulse volume that had passed before the row, 0 to below 1. */
  readonly filledPulse: number;
  /** The row's volume in pulse volumes. */
  readonly flowedPulses: number;
}

const numbersPerRow = 6;
const rowsPerBlock = 1 << 14;

/** Rows with pulses, packed: a long trace has millions. */
export class FlowRows {
  #blocks: Float64Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(row: FlowRow): void {
    const offset = (this.#length % rowsPerBlock) * numbersPerRow;
    if (offset === 0) this.#blocks.push(new Float64Array(rowsPerBlock * numbersPerRow));
    const { line, endMilliseconds, sinceMilliseconds, pulses, filledPulse, flowedPulses } = row;
    this.#blocks
      .at(-1)
      ?.set([line, endMilliseconds, sinceMilliseconds, pulses, filledPulse, flowedPulses], offset);
    this.#length++;
  }

  /** @throws {RangeError} for an index that is not from 0 to below `length` */
  at(index: number): FlowRow {
    const block = this.#blocks[Math.floor(index / rowsPerBlock)];
    if (!block || index >= this.#length) throw new RangeError(`there is no row ${index}`);
    const offset = (index % rowsPerBlock) * numbersPerRow;
    const number = (place: number): number => block[offset + place] as number;
    return {
      line: number(0),
      endMilliseconds: number(1),
      sinceMilliseconds: number(2),
      pulses: number(3),
      filledPulse: number(4),
      flowedPulses: number(5),
    };
  }
}
