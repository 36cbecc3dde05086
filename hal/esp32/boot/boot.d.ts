import type { Boot } from "../../boot.js";

/**
 * The two application slots of the partition table. An image starts on trial when the bootloader was built with
 * `CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE`.
 */
export class ChipBoot implements Boot {
  readonly runningSlot: string;
  /** @throws {Error} when the image can't be read. */
  readonly imageHash: string;
  readonly isTrial: boolean;
  /** @throws {Error} when ESP-IDF cannot write that down. */
  markValid(): void;
  /** @throws {Error} when there is no valid image to go back to; the running image goes on then. */
  rollBack(): void;
}
