/** Lets one user at a time at what several slots share, in the order in which they came. */
export class Lock {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `action` when all before it are done; its failure is the caller's alone. */
  async hold<Result>(action: () => Promise<Result>): Promise<Result> {
    const mine = this.#last.then(action, action);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
