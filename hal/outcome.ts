/**
 * The result of an operation that the world can refuse: a lost packet or a jammed valve is a value to handle,
 * not an exception. `code` is stable and may be stored and reported.
 */
export type Outcome<Value, Code extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: Code; readonly detail?: string };
