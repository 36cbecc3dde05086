/** The firmware slots of an updatable image. */
export interface Boot {
  /** Label of the slot that is running, for instance `ota_0`. */
  readonly runningSlot: string;
  /** SHA-256 of the running image, 64 hexadecimal digits in lower case. */
  readonly imageHash: string;
  /** True until the running image was marked valid; a reset before that rolls back. */
  readonly isTrial: boolean;
  /** Keeps the running image for good. */
  markValid(): void;
  /** Restarts into the previous image. */
  rollBack(): void;
}
