import type { Circus } from "@jest/types";
import { TestEnvironment } from "jest-environment-node";

/** Ends a mutant's run at the first test that fails: jest itself would only pass over the files behind. */
export default class MutationEnvironment extends TestEnvironment {
  #hasFailed = false;

  handleTestEvent(event: Circus.AsyncEvent | Circus.SyncEvent): void {
    if (event.name === "test_fn_failure") this.#hasFailed = true;
    if (event.name === "test_start" && this.#hasFailed) event.test.mode = "skip";
  }
}
