/** What a run of the application gets beyond its loaded modules: taken at once and never grown. */
export interface Budget {
  readonly slots: number;
  readonly chunkBytes: number;
  /** Of the machine's stack. */
  readonly stackSlots: number;
}

/** A slot on a chip of 32 bits. */
export const slotByteLength = 16;

/** The machine of the chip, as small as every scenario of the tests lets it be. */
export const chipBudget: Budget = Object.freeze({ slots: 1600, chunkBytes: 12 * 1024, stackSlots: 480 });

export function budgetByteLength({ slots, chunkBytes, stackSlots }: Budget): number {
  return (slots + stackSlots) * slotByteLength + chunkBytes;
}
