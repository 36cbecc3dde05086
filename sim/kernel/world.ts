/** An action that waits for its moment. */
export interface Scheduled {
  readonly atMicroseconds: number;
  readonly order: number;
  action: (() => void) | undefined;
}

/** What the physical models see of the world: the time, and a way to be called later. */
export interface Scheduler {
  /** Virtual time since the run began, an exact integer. */
  readonly nowMicroseconds: number;
  /** Calls `action` once, `delayMicroseconds` (rounded, at least 0) from now; equal times run in the order of scheduling. */
  schedule(delayMicroseconds: number, action: () => void): Scheduled;
  /** Cancels; one that already ran is ignored. */
  cancel(scheduled: Scheduled | undefined): void;
}

/**
 * The event-driven virtual clock: jumps from event to event, so idle time costs nothing.
 */
export class World implements Scheduler {
  nowMicroseconds = 0;
  #heap: Scheduled[] = [];
  #order = 0;

  schedule(delayMicroseconds: number, action: () => void): Scheduled {
    if (!(delayMicroseconds >= 0)) throw new RangeError(`delay ${delayMicroseconds} must be at least 0`);
    const atMicroseconds = this.nowMicroseconds + Math.round(delayMicroseconds);
    const scheduled: Scheduled = { atMicroseconds, order: this.#order++, action };
    this.#push(scheduled);
    return scheduled;
  }

  cancel(scheduled: Scheduled | undefined): void {
    // Removal from the middle of a heap costs more than skipping the entry when its time comes.
    if (scheduled) scheduled.action = undefined;
  }

  /** Time of the next event, in microseconds; undefined when nothing will ever happen. */
  get nextMicroseconds(): number | undefined {
    while (this.#heap[0] && !this.#heap[0].action) this.#pop();
    return this.#heap[0]?.atMicroseconds;
  }

  /** Jumps to the next event and runs it. Returns false when there is none. */
  step(): boolean {
    if (this.nextMicroseconds === undefined) return false;
    const { action, atMicroseconds } = this.#pop();
    this.nowMicroseconds = atMicroseconds;
    action?.();
    return true;
  }

  #push(entry: Scheduled): void {
    const heap = this.#heap;
    let index = heap.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Scheduled;
      if (!isBefore(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  #pop(): Scheduled {
    const heap = this.#heap;
    const top = heap[0] as Scheduled;
    const last = heap.pop() as Scheduled;
    if (heap.length === 0) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Scheduled, heap[child] as Scheduled))
        child++;
      if (!isBefore(heap[child] as Scheduled, last)) break;
      heap[index] = heap[child] as Scheduled;
      index = child;
    }
    heap[index] = last;
    return top;
  }
}

function isBefore(one: Scheduled, other: Scheduled): boolean {
  return (
    one.atMicroseconds < other.atMicroseconds ||
    (one.atMicroseconds === other.atMicroseconds && one.order < other.order)
  );
}
