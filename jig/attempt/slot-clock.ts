/**
 * The time that a slot lives in: the host's, or that of its simulated unit. Simulated time passes only while somebody
 * waits, so whoever needs time has to say so here.
 */
export interface SlotClock {
  /** Monotonic. */
  readonly nowMilliseconds: number;
  /** Resolves when so much time has passed; rejects with the signal's reason when it is aborted before. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A time limit was reached. */
export class DeadlinePassed extends Error {
  override readonly name = "DeadlinePassed";
}

/** Waits for `work`, at most so long. @throws {DeadlinePassed} after that; the work goes on unheard. */
export async function within<Result>(
  clock: SlotClock,
  milliseconds: number,
  work: Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const done = new AbortController();
  const waitSignal = signal ? AbortSignal.any([done.signal, signal]) : done.signal;
  const limit = clock.wait(milliseconds, waitSignal).then(() => {
    throw new DeadlinePassed(`nothing came within ${milliseconds} ms`);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    done.abort();
    // What the other of the two still says is heard by nobody.
    limit.catch(() => undefined);
    work.catch(() => undefined);
  }
}
