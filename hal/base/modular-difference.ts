/**
 * How far a free-running 32-bit counter has moved from `earlier` to `later`, which may lie behind the wrap at 2^32.
 * Right as long as it has moved by less than 2^32.
 */
export function modularDifference(later: number, earlier: number): number {
  return (later - earlier) >>> 0;
}
