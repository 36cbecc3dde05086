/**
 * To wait for this is to go on as a job of its own, at the base of the stack: until its first wait, an async function
 * stands on top of all its callers.
 */
export function stackBase(): Promise<void> {
  return Promise.resolve();
}
