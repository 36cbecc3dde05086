const moduleCharacters = 47;
const reasonCharacters = 99;

class Notes {
  static watch() {
    native("xs_tally_failure_watch").call(this);
  }
  static write(module, reason) {
    native("xs_tally_failure_note").call(this, module, reason);
  }
  static get module() {
    return native("xs_tally_failure_module").call(this);
  }
  static get reason() {
    return native("xs_tally_failure_reason").call(this);
  }
  static clear() {
    native("xs_tally_failure_clear").call(this);
  }
  static restart() {
    native("xs_tally_failure_restart").call(this);
  }
}

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
  Notes.write(module || "engine", text.slice(0, reasonCharacters));
}

export function noteFailures() {
  Notes.watch();
  globalThis.abort = (reason, error) => {
    if (error === undefined) Notes.write("engine", reason);
    else note(reason, error);
  };
}

export function restartAfterFailure(error) {
  note("unhandled rejection", error);
  Notes.restart();
}

export function takeFailure() {
  const { reason } = Notes;
  if (reason === undefined) return undefined;
  const failure = { module: Notes.module, reason };
  Notes.clear();
  return failure;
}
