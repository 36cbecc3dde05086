import type { FlashGeometry, FlashPartition } from "../../../hal/flash.js";
import type { Random } from "../../kernel/random.js";
import type { BadBlockMode, BadSectors } from "./bad-sectors.js";
import type { CutWay, InterruptedOperation } from "./cut-ways.js";
import { NorFlash, type NorFlashOptions } from "./nor-flash.js";
import { tearErase, tearProgram } from "./torn-operation.js";
import { WeakCells } from "./weak-cells.js";

/** A program or erase that is about to happen. */
export interface FlashChange extends InterruptedOperation {
  readonly label: string;
  readonly address: number;
  /** What is to be programmed; undefined for an erase. */
  readonly bytes: Uint8Array | undefined;
}

/**
 * A flash partition that can fail: an operation can be cut in any of `waysOf` it, and its sectors can go bad. What
 * happens depends on the calls and on the `Random` that is handed in, on nothing else.
 */
export class FaultyFlash implements FlashPartition {
  readonly label: string;
  readonly nor: NorFlash;
  readonly geometry: FlashGeometry;
  readonly weak = new WeakCells();
  bad: BadSectors | undefined;
  /** Called before each program and erase; what it throws keeps the operation from happening. */
  onChange: ((change: FlashChange) => void) | undefined;
  /** Bytes that were read since it was last set to 0. */
  bytesRead = 0;
  /** Programs and erases since it was last set to 0. */
  changes = 0;
  /** Programs and erases that were cut, since it was last set to 0. */
  tornPrograms = 0;
  tornErases = 0;

  constructor(label: string, options: NorFlashOptions) {
    this.label = label;
    this.nor = new NorFlash(options);
    this.geometry = this.nor;
  }

  read(address: number, target: Uint8Array): boolean {
    this.bytesRead += target.byteLength;
    if (this.#fails("read-error", address)) return false;
    this.nor.readInto(address, target);
    if (!this.weak.isEmpty) this.weak.disturb(address, target);
    return true;
  }

  program(address: number, bytes: Uint8Array): boolean {
    const { label } = this;
    this.onChange?.({ kind: "program", label, address, byteLength: bytes.byteLength, bytes });
    this.changes++;
    if (this.#fails("program-error", address)) return false;
    if (this.#fails("program-no-op", address)) return true;
    if (!this.weak.isEmpty)
      bytes.forEach((byte, index) => {
        this.weak.settle(address + index, byte);
      });
    return this.nor.program(address, bytes);
  }

  erase(address: number): boolean {
    const byteLength = this.geometry.sectorByteLength;
    this.onChange?.({ kind: "erase", label: this.label, address, byteLength, bytes: undefined });
    this.changes++;
    // The erase that wears the sector out fails itself.
    this.bad?.noteErase(address / byteLength);
    if (this.#fails("erase-error", address)) return false;
    if (this.#fails("erase-no-op", address)) return true;
    if (!this.weak.isEmpty) this.weak.clear(address, byteLength);
    return this.nor.erase(address);
  }

  /** Does as much of `change` as gets done when power goes in the given way. */
  tear({ kind, address, byteLength, bytes }: FlashChange, way: CutWay, random: Random): void {
    const cells = { image: this.nor.image, weak: this.weak };
    if (kind === "program" && bytes) {
      this.tornPrograms++;
      tearProgram(cells, address, bytes, way, random);
      return;
    }
    this.tornErases++;
    tearErase(cells, address, byteLength, way, random);
  }

  /** The application starts: weak bits may show otherwise than before. */
  noteStart(): void {
    if (!this.weak.isEmpty) this.weak.noteStart();
  }

  /** Starts counting changes and torn operations from here. */
  forgetChanges(): void {
    this.changes = 0;
    this.tornPrograms = 0;
    this.tornErases = 0;
  }

  /** The same once more, for those who only look: opening a log may write to it, and set a fault off. */
  copy(): FaultyFlash {
    const { byteLength, sectorByteLength } = this.geometry;
    const copy = new FaultyFlash(this.label, { byteLength, sectorByteLength });
    copy.copyFrom(this);
    return copy;
  }

  /** Takes over the state of `other`, which has the same geometry; bad sectors are shared, not copied. */
  copyFrom(other: FaultyFlash): void {
    this.nor.copyFrom(other.nor);
    this.weak.copyFrom(other.weak);
    this.bad = other.bad;
    this.bytesRead = other.bytesRead;
    this.changes = other.changes;
    this.tornPrograms = other.tornPrograms;
    this.tornErases = other.tornErases;
  }

  #fails(mode: BadBlockMode, address: number): boolean {
    if (this.bad?.mode !== mode) return false;
    return this.bad.isBad(Math.floor(address / this.geometry.sectorByteLength));
  }
}
