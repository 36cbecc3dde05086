import { UsageError } from "../kit/usage-error.js";
import { RecordReader } from "../../jig/records/record-reader.js";
import { RecordsError } from "../../jig/records/records-error.js";

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
