import type { Seal } from "../../seal.js";

/** One eFuse of the user's block 3. It reads as burnt where it can't be read. */
export class ChipSeal implements Seal {
  readonly isSealed: boolean;
  burn(): boolean;
}

/**
 * The base MAC address that the chip was made with: 12 hexadecimal digits in lower case.
 * @throws {Error} when it can't be read.
 */
export function readHardwareId(): string;
