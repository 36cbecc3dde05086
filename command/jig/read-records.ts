import type { Command } from "commander";
import { UsageError } from "../kit/usage-error.js";
import { RecordReader } from "../../jig/records/record-reader.js";
import { RecordsError } from "../../jig/records/records-error.js";

/** What a command below `tally jig` was given; options that `jig` has as well are read by `jig`, wherever they stand. */
export type GivenToReader = Readonly<Record<string, unknown>> & { readonly database: string };

/** @throws {UsageError} when no database was named. */
export function givenToReader(command: Command): GivenToReader {
  const given: Readonly<Record<string, unknown>> = command.optsWithGlobals();
  const { database } = given;
  if (typeof database !== "string")
    throw new UsageError(`${command.name()} needs --database FILE, the station's records`);
  return { ...given, database };
}

/**
 * Opens a station's records, reads them, and closes them again.
 * @throws {UsageError} when the file is no database of records.
 */
export function readRecords<Result>(database: string, read: (reader: RecordReader) => Result): Result {
  let reader: RecordReader | undefined;
  try {
    reader = new RecordReader(database);
    return read(reader);
  } catch (error) {
    if (!(error instanceof RecordsError)) throw error;
    throw new UsageError(error.message, { cause: error });
  } finally {
    reader?.close();
  }
}
