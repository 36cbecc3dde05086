/** ECMA-419 Analog, read as the calibrated voltage at the pin. */
export interface AnalogOptions {
  readonly pin: string;
}

export interface Analog {
  /** Millivolts at the pin. */
  read(): number;
  /** Idempotent. */
  close(): void;
}

/** @throws {Error} when the pin is unknown or in use. */
export type AnalogConstructor = new (options: AnalogOptions) => Analog;
