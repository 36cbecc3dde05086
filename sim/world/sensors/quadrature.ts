/**
 * A dual reed's four states are numbered by their position in the turn of a wheel that runs forward:
 * (A, B) 00, 10, 11, 01.
 */
export function quadraturePosition(closedA: boolean, closedB: boolean): number {
  return closedA ? (closedB ? 2 : 1) : closedB ? 3 : 0;
}

/** Quarter turns from one position to another: 0, 1 forward, -1 in reverse, undefined when both contacts changed. */
export function quarterTurns(from: number, to: number): 0 | 1 | -1 | undefined {
  const step = (to - from) & 3;
  if (step === 0) return 0;
  if (step === 1) return 1;
  return step === 3 ? -1 : undefined;
}
