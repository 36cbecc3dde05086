/** A two-way stream of bytes to a unit or an instrument. */
export interface BytePort {
  /** As the user named it. */
  readonly name: string;
  /** Called with what arrives and when, by the slot's clock. */
  onReceive: ((bytes: Uint8Array, atMilliseconds: number) => void) | undefined;
  /** Called once when the port is lost, with one line that says how. */
  onLost: ((reason: string) => void) | undefined;
  /** Bytes are lost where nobody listens; a lost port says so by `onLost`. */
  send(bytes: Uint8Array): void;
  /** Idempotent. */
  close(): Promise<void>;
}
