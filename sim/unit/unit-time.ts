import type { Board } from "../chip/board/board.js";
import type { World } from "../kernel/world.js";
import type { EventPump } from "../run/event-pump.js";
import type { UnitClock } from "./bench-access.js";

/** The host's clock, for units in step with it. */
export interface PaceClock {
  /** Milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export interface UnitTimeOptions {
  readonly world: World;
  readonly board: Board;
  readonly pump: EventPump;
  /** Given, the unit's time keeps step with it; otherwise it passes as fast as it can. */
  readonly wall?: PaceClock | undefined;
}

interface Waiting {
  fail(error: unknown): void;
}

/** How finely a unit keeps step with the wall clock. */
const stepMilliseconds = 5;

/** A unit's time, which passes while somebody waits for it to. */
export class UnitTime implements UnitClock {
  #options: UnitTimeOptions;
  #waiting = new Set<Waiting>();
  #isRunning = false;
  #hasNews = false;

  constructor(options: UnitTimeOptions) {
    this.#options = options;
  }

  get nowMilliseconds(): number {
    return this.#options.world.nowMicroseconds / 1000;
  }

  wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(reasonOf(signal));
        return;
      }
      const { world } = this.#options;
      const end = (): void => {
        this.#waiting.delete(waiting);
        world.cancel(alarm);
        signal?.removeEventListener("abort", abort);
      };
      const abort = (): void => {
        end();
        reject(reasonOf(signal));
      };
      const waiting: Waiting = {
        fail: (error) => {
          end();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      const alarm = world.schedule(milliseconds * 1000, () => {
        end();
        this.#hasNews = true;
        resolve();
      });
      signal?.addEventListener("abort", abort);
      this.#waiting.add(waiting);
      if (!this.#isRunning) void this.#run();
    });
  }

  /** Something has reached the station: it gets its turn before time goes on. */
  noteNews(): void {
    this.#hasNews = true;
  }

  /** An error of the firmware or the engine ends every wait, and the unit's life. */
  async #run(): Promise<void> {
    const { wall, world } = this.#options;
    this.#isRunning = true;
    const wallStart = wall?.now() ?? 0;
    const start = world.nowMicroseconds;
    try {
      await turn();
      while (this.#waiting.size > 0) {
        if (wall) await this.#keepStep(wall, start + (wall.now() - wallStart) * 1000);
        else await this.#step();
        if (!this.#hasNews) continue;
        this.#hasNews = false;
        await turn();
      }
    } catch (error) {
      for (const waiting of this.#waiting) waiting.fail(error);
    } finally {
      this.#isRunning = false;
    }
  }

  /** Does all that is due up to `untilMicroseconds`, then lets the wall clock go on. */
  async #keepStep(wall: PaceClock, untilMicroseconds: number): Promise<void> {
    const { world } = this.#options;
    while ((world.nextMicroseconds ?? Infinity) <= untilMicroseconds) await this.#step();
    if (untilMicroseconds > world.nowMicroseconds) {
      world.schedule(untilMicroseconds - world.nowMicroseconds, () => undefined);
      await this.#step();
    }
    await wall.sleep(stepMilliseconds);
  }

  async #step(): Promise<void> {
    const { board, pump } = this.#options;
    const handled = board.hasEvent ? pump.handleEvents() : pump.step();
    if (handled) await handled;
  }
}

/** Everybody else's turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error("aborted");
}
