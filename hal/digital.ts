/** ECMA-419 Digital, split by direction. `pin` is the board's name of the line. */
export interface DigitalOutputOptions {
  readonly pin: string;
  /** The level driven from the moment of construction. */
  readonly initial: 0 | 1;
}

export interface DigitalOutput {
  write(level: 0 | 1): void;
  /** Returns the line to its idle level. Idempotent. */
  close(): void;
}

/** @throws {Error} when the pin is unknown or in use. */
export type DigitalOutputConstructor = new (options: DigitalOutputOptions) => DigitalOutput;

export interface DigitalInputOptions {
  readonly pin: string;
  /** Called after the level has changed. Never called inside a public method. */
  readonly onReadable?: () => void;
}

export interface DigitalInput {
  read(): 0 | 1;
  /** Idempotent. */
  close(): void;
}

/** @throws {Error} when the pin is unknown or in use. */
export type DigitalInputConstructor = new (options: DigitalInputOptions) => DigitalInput;
