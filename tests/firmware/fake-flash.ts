import type { FlashGeometry, FlashPartition } from "../../hal/flash.js";
import { NorFlash } from "../../sim/world/flash/nor-flash.js";

export interface FlashStep {
  readonly kind: "read" | "program" | "erase";
  readonly address: number;
}

/**
 * What goes wrong with one operation.
 * - `refused`: nothing happens, and the chip says so.
 * - `ignored`: nothing happens, and the chip says that all went well.
 * - `misreported`: it happens, but the chip reports a fault.
 */
export type Mishap = "refused" | "ignored" | "misreported";

/** A partition of NOR flash whose operations a test can watch, spoil or, by throwing, cut off. */
export class FakeFlash implements FlashPartition {
  readonly nor: NorFlash;
  readonly geometry: FlashGeometry;
  /** Called before each operation; what it throws keeps the operation from happening. */
  onStep: ((step: FlashStep) => Mishap | undefined) | undefined;

  constructor(sectors: number, image?: Uint8Array) {
    this.nor = new NorFlash({ byteLength: sectors * 4096 });
    this.geometry = this.nor;
    if (image) this.nor.image.set(image);
  }

  read(address: number, target: Uint8Array): boolean {
    return this.#carryOut({ kind: "read", address }, () => {
      target.set(this.nor.read(address, target.byteLength));
    });
  }

  program(address: number, bytes: Uint8Array): boolean {
    return this.#carryOut({ kind: "program", address }, () => {
      this.nor.program(address, bytes);
    });
  }

  erase(address: number): boolean {
    return this.#carryOut({ kind: "erase", address }, () => {
      this.nor.erase(address);
    });
  }

  #carryOut(step: FlashStep, action: () => void): boolean {
    const mishap = this.onStep?.(step);
    if (mishap !== "refused" && mishap !== "ignored") action();
    return mishap === undefined || mishap === "ignored";
  }
}
