/** What stopped a run of the application before its end. */
export interface Failure {
  /** The module in which the error was thrown, or the part of the engine that gave up. */
  readonly module: string;
  /** The error's name and message; ASCII. */
  readonly reason: string;
}
