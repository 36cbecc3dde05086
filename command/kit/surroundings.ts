import type { ChalkInstance } from "chalk";

/** A stream that may lead to a terminal. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  /** Size of the terminal in characters. */
  readonly columns?: number;
  readonly rows?: number;
};

/** The host's clock: the one place where real time comes in. */
export interface WallClock {
  /** Milliseconds, monotonic. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** What a command sees of the process it runs in. */
export interface Surroundings {
  readonly output: OutputStream;
  readonly errors: OutputStream;
  /** How `output` and `errors` may be coloured. */
  readonly outputColours: ChalkInstance;
  readonly errorColours: ChalkInstance;
  readonly clock: WallClock;
  /** Aborted when the user presses Ctrl-C. */
  readonly interrupt: AbortSignal;
  /** False when the terminal can't move its cursor. */
  readonly canRedraw: boolean;
}
