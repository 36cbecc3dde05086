/** A fuse of the chip that is burnt at the end of the factory line and never comes back: the meter is locked. */
export interface Seal {
  readonly isSealed: boolean;
  /** Burns it, in one step that is done or not. False when it did not burn. */
  burn(): boolean;
}
