/** Which of the runs are this worker's: every `count`-th, from `index` on. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}
