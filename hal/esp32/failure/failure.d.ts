import type { Failure } from "../../failure.js";

/**
 * Has every way out of the engine note its cause: errors thrown by callbacks, promise jobs that fail, memory or stack
 * used up. To be called first thing in the composition root.
 */
export function noteFailures(): void;

/**
 * Notes `error` in retained memory and restarts the chip, which goes on counting. For the composition root's own
 * `main(hardware).catch(restartAfterFailure)`: XS finds an unhandled rejection only when it collects garbage.
 */
export function restartAfterFailure(error: unknown): never;

/**
 * The failure that ended the run before this one, once; undefined when there was none. Its module is where the error
 * was thrown: module and line in a build for debugging, the innermost function in others, which carry no more;
 * `engine` when XS itself gave up (memory or a stack used up), `chip` after what only the kind of reset tells of, as a
 * processor exception; 47 characters at most. Its reason is the error's name and message, or the engine's reason to abort; ASCII, 99 characters at most.
 */
export function takeFailure(): Failure | undefined;
