import { StoreError } from "../attempt/attempt-store.js";

/** What is wrong with the records; the code is stable. */
export type RecordsErrorCode =
  | "addon-missing"
  | "broken"
  | "busy"
  | "disk"
  | "foreign"
  | "full"
  | "key"
  | "missing"
  | "other-version"
  | "refused"
  | "unreadable";

/** The records can't be opened, read or added to. The message is one line that says what to do. */
export class RecordsError extends StoreError {
  readonly code: RecordsErrorCode;

  constructor(code: RecordsErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

const addonAdvice =
  "the records need SQLite's addon, which is not built: run `npm run jig:prepare` " +
  "(Debian: apt-get install python3 make g++)";

/** SQLite's result codes (https://sqlite.org/rescode.html), without their extensions. */
const explanations: Readonly<Record<string, readonly [RecordsErrorCode, string]>> = {
  SQLITE_BUSY: ["busy", "is in use by another program; wait for it or stop it"],
  SQLITE_LOCKED: ["busy", "is in use by another program; wait for it or stop it"],
  SQLITE_FULL: ["full", "the disk is full, nothing was stored; make room and try the unit again"],
  SQLITE_IOERR: ["disk", "the disk failed, nothing was stored; check it"],
  SQLITE_READONLY: ["disk", "can't be written to; check the permissions of the file and its folder"],
  SQLITE_PERM: ["disk", "can't be written to; check the permissions of the file and its folder"],
  SQLITE_CANTOPEN: ["unreadable", "can't be opened; check that its folder is there and may be written to"],
  SQLITE_NOTADB: ["foreign", "is no database of Tally's records"],
  SQLITE_CORRUPT: ["broken", "is damaged; go on with a copy that `tally jig verify` finds whole"],
  SQLITE_CONSTRAINT: ["refused", "the database refused the entry"],
};

/** Puts an error of SQLite into words; any other error comes back as it is. */
export function explainDatabaseError(error: unknown, path: string): unknown {
  if (error instanceof RecordsError) return error;
  // The addon makes its errors itself, which need not be of the class that this module knows as Error.
  const { message, code } = (error ?? {}) as { readonly message?: unknown; readonly code?: unknown };
  if (typeof message !== "string") return error;
  if (/NODE_MODULE_VERSION|better-sqlite3-.*\.node/.test(message))
    return new RecordsError("addon-missing", addonAdvice, error);
  const known = Object.entries(explanations).find(
    ([name]) => typeof code === "string" && (code === name || code.startsWith(`${name}_`)),
  );
  if (!known) return error;
  const [recordsCode, words] = known[1];
  const detail = recordsCode === "refused" ? ` (${message})` : "";
  return new RecordsError(recordsCode, `${path}: ${words}${detail}`, error);
}
