/** A store that keeps one number: what a register is to the ones that the proof is compared with. */
export interface RegisterStore {
  /** Undefined when the store has none. */
  read(): number | undefined;
  /** Returns false when the flash refuses. */
  write(value: number): boolean;
}
