/** What a user sees of a run while it goes on. A view looks at the simulation without touching it. */
export interface View {
  /** Before an event at `nextMicroseconds`; since the one before it, nothing has changed. */
  beforeEvent(nextMicroseconds: number): void;
  /** About ten times a second of real time; `nowMicroseconds` is the run's time, between two events too. */
  refresh(nowMicroseconds: number): void;
  /** No more events will come. */
  finish(): void;
  /** Gives the terminal back as it was. Idempotent. */
  close(): void;
}

/** Shows nothing. */
export const hiddenView: View = Object.freeze({
  beforeEvent: () => undefined,
  refresh: () => undefined,
  finish: () => undefined,
  close: () => undefined,
});
