const moduleCharacters = 47;
const reasonCharacters = 99;

/** The innermost place that a stack names. Builds for debugging know modules and lines, others only functions. */
function placeIn(stack) {
  for (const frame of stack.split("\n at").slice(1)) {
    const [name, path] = frame.split(" (");
    const place = path && path !== ")" ? path.slice(0, path.lastIndexOf(")")) : name.trim();
    if (place !== "") return place.slice(-moduleCharacters);
  }
  return "";
}

function note(reason, error) {
  const isError = error instanceof Error;
  const module = isError ? placeIn(error.stack ?? "") : "";
  const text = isError ? `${error.name}: ${error.message}` : `${reason}: ${String(error)}`;
  native("xs_tally_failure_note").call(undefined, module || "engine", text.slice(0, reasonCharacters));
}

export function noteFailures() {
  native("xs_tally_failure_watch").call(undefined);
  globalThis.abort = (reason, error) => {
    if (error === undefined) native("xs_tally_failure_note").call(undefined, "engine", reason);
    else note(reason, error);
  };
}

export function restartAfterFailure(error) {
  note("unhandled rejection", error);
  native("xs_tally_failure_restart").call(undefined);
}

export function takeFailure() {
  const reason = native("xs_tally_failure_reason").call(undefined);
  if (reason === undefined) return undefined;
  const failure = { module: native("xs_tally_failure_module").call(undefined), reason };
  native("xs_tally_failure_clear").call(undefined);
  return failure;
}
