/** What stopped the run before this one. */
export interface Failure {
  /** The module in which the error was thrown, as in the manifest; `engine` when the engine itself gave up. */
  readonly module: string;
  /** The error's name and message, or the engine's reason to abort; ASCII, cut at 96 characters. */
  readonly reason: string;
}

/**
 * Has every way out of the engine note its cause: errors thrown by callbacks, promise jobs that fail, memory or stack
 * used up. To be called first thing in the composition root. Needs the manifest's
 * `"defines": { "XS": { "abortHook": 1 } }`.
 */
export function noteFailures(): void;

/**
 * Notes `error` in retained memory and restarts the chip, which goes on counting. For the composition root's own
 * `main(hardware).catch(restartAfterFailure)`: XS finds an unhandled rejection only when it collects garbage.
 */
export function restartAfterFailure(error: unknown): never;

/** The failure that ended the run before this one, once; undefined when there was none. */
export function takeFailure(): Failure | undefined;
