/** What can't be is: a defect, never an operating error. It ends the run in the simulator, and restarts a meter. */
export class BrokenInvariant extends Error {
  override name = "BrokenInvariant";
}

/** @throws {BrokenInvariant} unless it holds; `what` says in a few words what must always be so. */
export function requireInvariant(holds: boolean, what: string): void {
  if (!holds) throw new BrokenInvariant(what);
}
