/** How a sector fails, as littlefs' emulated block devices do it. */
export const badBlockModes = Object.freeze([
  "program-error",
  "erase-error",
  "read-error",
  "program-no-op",
  "erase-no-op",
] as const);
export type BadBlockMode = (typeof badBlockModes)[number];

export interface BadSectorsOptions {
  readonly mode: BadBlockMode;
  /** A sector goes bad with this erase of it; 0 for bad from the beginning. */
  readonly eraseCycles: number;
  readonly sectorCount: number;
  /** The one sector that can go bad; undefined for all of them. */
  readonly onlySector?: number;
}

/** Which sectors of a partition have worn out. */
export class BadSectors {
  readonly mode: BadBlockMode;
  #options: BadSectorsOptions;
  #erases: Uint32Array;

  constructor(options: BadSectorsOptions) {
    this.mode = options.mode;
    this.#options = options;
    this.#erases = new Uint32Array(options.sectorCount);
  }

  isBad(sector: number): boolean {
    const { onlySector, eraseCycles } = this.#options;
    if (onlySector !== undefined && onlySector !== sector) return false;
    return (this.#erases[sector] ?? 0) >= eraseCycles;
  }

  /** True when every sector that can go bad has done so. */
  get isExhausted(): boolean {
    const { onlySector, sectorCount } = this.#options;
    if (onlySector !== undefined) return this.isBad(onlySector);
    for (let sector = 0; sector < sectorCount; sector++) if (!this.isBad(sector)) return false;
    return true;
  }

  noteErase(sector: number): void {
    this.#erases[sector] = (this.#erases[sector] ?? 0) + 1;
  }
}
