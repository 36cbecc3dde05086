import { newestFailures } from "../../firmware/failures/failure-entries.js";
import { ApplicationFault } from "../chip/board/application-fault.js";
import type { Board } from "../chip/board/board.js";
import { boardPartition, storageOn } from "./flash/flash-access.js";

/**
 * The firmware lives through some of its defects and writes them into its log of failures. In a simulation each of them
 * ends the run all the same: nobody would see a broken invariant otherwise.
 */
export class FailureWatch {
  #board: Board;
  #partition: number | undefined;
  #hasNews = false;

  constructor(board: Board) {
    this.#board = board;
    this.#partition = board.parts.flash.open("failures");
    board.onProgram = (partition) => {
      if (partition === this.#partition) this.#hasNews = true;
    };
  }

  /** To be called between two events. @throws {ApplicationFault} when the firmware has logged a failure. */
  check(): void {
    if (!this.#hasNews || this.#partition === undefined) return;
    this.#hasNews = false;
    const storage = storageOn(boardPartition(this.#board.parts.flash, this.#partition));
    const [newest] = newestFailures(storage, 1);
    throw new ApplicationFault(`the firmware logged a failure: ${newest?.text ?? "one cut short"}`);
  }
}
