import type { Board } from "../chip/board/board.js";
import { PortEvent } from "../chip/boundary/port.js";
import type { Engine } from "../chip/boundary/engine.js";
import type { World } from "../kernel/world.js";
import { FailureWatch } from "./failure-watch.js";

/** Keeps a board's application running on its engine while virtual time goes on; to be made before power comes. */
export class EventPump {
  #world: World;
  #board: Board;
  #engine: Engine;
  #failures: FailureWatch | undefined;

  /** `mayLogFailures` where a defect is planted; otherwise an entry in the firmware's log of failures ends the run. */
  constructor(world: World, board: Board, engine: Engine, mayLogFailures = false) {
    this.#world = world;
    this.#board = board;
    this.#engine = engine;
    if (engine.decodesPulses) board.followContacts();
    if (!mayLogFailures) this.#failures = new FailureWatch(board);
    engine.solder?.(board);
  }

  /** Jumps to the world's next event; resolves, where it returns a promise, when the application has dealt with it. */
  step(): Promise<void> | undefined {
    this.#world.step();
    return this.#board.hasEvent ? this.handleEvents() : undefined;
  }

  /** Hands the board's events to the application, each handled to its end before the next. */
  async handleEvents(): Promise<void> {
    const board = this.#board;
    for (let next = board.takeEvent(); next; next = board.takeEvent()) {
      const { event, a, b } = next;
      const handled =
        event === PortEvent.wake
          ? this.#engine.wake(board.ticks)
          : this.#engine.deliver(event, board.ticks, a, b);
      if (handled) await handled;
      if (board.settle()) this.#engine.stop();
      this.#failures?.check();
    }
  }
}
