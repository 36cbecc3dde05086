import type { Database } from "better-sqlite3";
import { inWords } from "../attempt/words.js";
import { openForReading } from "./database.js";
import { type EntryBody, type EntryRow, digestBeforeFirst, entryDigest, entryText } from "./entry.js";
import { explainDatabaseError } from "./records-error.js";

export interface RecordsVerification {
  readonly entries: number;
  readonly attempts: number;
  /** The digest of the last entry, hexadecimal: noted elsewhere, it shows later that nothing was cut off. */
  readonly head: string;
  /** One line for each thing that is wrong, naming the entry. Empty when all is whole. */
  readonly problems: readonly string[];
}

/**
 * Checks the records apart from the station: the file as SQLite sees it, the order of the entries, their form, the
 * chain of digests, and that nothing which must be unique is there twice. That entries were cut off at the end can
 * only be seen by a digest that was noted before.
 * @param expectedDigest hexadecimal, of an entry that must be there
 * @throws {RecordsError} when the file is no such database.
 */
export function verifyRecords(path: string, expectedDigest?: string): RecordsVerification {
  const database = openForReading(path);
  try {
    return verification(database, expectedDigest);
  } catch (error) {
    throw explainDatabaseError(error, path);
  } finally {
    database.close();
  }
}

function verification(database: Database, expectedDigest: string | undefined): RecordsVerification {
  const problems = fileProblems(database);
  const seen = new Map<string, number>();
  let previous = digestBeforeFirst;
  let entries = 0;
  let attempts = 0;
  let isExpectedThere = expectedDigest === undefined;
  for (const row of database
    .prepare("SELECT sequence, body, digest FROM entry ORDER BY sequence")
    .iterate() as IterableIterator<EntryRow>) {
    entries += 1;
    if (row.sequence !== entries && problems.length === 0)
      problems.push(`entry ${row.sequence}: expected ${entries}, entries are missing before it`);
    if (!entryDigest(previous, row.body).equals(row.digest))
      problems.push(`entry ${row.sequence}: its digest does not follow from its text and the entry before`);
    previous = row.digest;
    isExpectedThere ||= row.digest.toString("hex") === expectedDigest;
    const body = parsedBody(row, problems);
    if (body?.type === "attempt") attempts += 1;
    if (body) findRepeats(body, row.sequence, seen, problems);
  }
  if (!isExpectedThere)
    problems.push(`no entry has the digest ${expectedDigest ?? ""}: entries were cut off`);
  return { entries, attempts, head: previous.toString("hex"), problems };
}

function fileProblems(database: Database): string[] {
  const answers = database.pragma("integrity_check") as { readonly integrity_check: string }[];
  return answers.map((row) => row.integrity_check).filter((answer) => answer !== "ok");
}

function parsedBody({ sequence, body }: EntryRow, problems: string[]): EntryBody | undefined {
  try {
    const parsed = JSON.parse(body) as EntryBody;
    if (entryText(parsed) !== body) problems.push(`entry ${sequence}: its text is not in canonical form`);
    return parsed;
  } catch {
    problems.push(`entry ${sequence}: its text is no JSON`);
    return undefined;
  }
}

/** The database's own indexes refuse these; one whose indexes were taken away for a while would not have. */
function findRepeats(body: EntryBody, sequence: number, seen: Map<string, number>, problems: string[]): void {
  for (const name of uniqueNames(body)) {
    const earlier = seen.get(name);
    if (earlier !== undefined)
      problems.push(`entry ${sequence}: ${name} is there already, in entry ${earlier}`);
    seen.set(name, sequence);
  }
}

function uniqueNames(body: EntryBody): string[] {
  switch (body.type) {
    case "origin":
      return ["the origin"];
    case "begin":
      return [`the beginning of attempt ${body.attemptId}`];
    case "attempt":
      return [`attempt ${body.attempt.id}`];
    case "claim": {
      // An entry that was altered may lack anything.
      const { kind = "nothing", value = "" } = body as Partial<typeof body>;
      return [`${inWords(kind)} ${value}`];
    }
    case "key":
      return [`key ${body.keyId}`];
  }
}
