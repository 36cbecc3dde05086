import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { RecordReader } from "../../jig/records/record-reader.js";
import { RecordsError } from "../../jig/records/records-error.js";
import { csvReport } from "../../jig/report/csv.js";
import { htmlOf } from "../../jig/report/html.js";
import { jsonReport } from "../../jig/report/json.js";
import { postgresqlReport } from "../../jig/report/postgresql.js";
import { textReport } from "../../jig/report/text.js";
import { ExitCode } from "../kit/failures.js";
import { outputProblem } from "../kit/file-problem.js";
import type { OutputStream, Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";
import { readRecords } from "./read-records.js";
import type { ReportFormat, ReportRequest } from "./report-command.js";

type Write = (reader: RecordReader, atMilliseconds: number) => Iterable<string>;

const writers: Readonly<Record<ReportFormat, Write>> = Object.freeze({
  text: (reader: RecordReader) => textReport(reader.attempts()),
  csv: (reader: RecordReader) => csvReport(reader.attempts()),
  json: (reader: RecordReader) => jsonReport(reader.attempts(), reader.keys()),
  html: (reader: RecordReader, atMilliseconds: number) => htmlOf(reader.attempts(), atMilliseconds),
  postgresql: (reader: RecordReader) => postgresqlReport(reader.attempts(), reader.keys()),
});

/**
 * `tally jig report`.
 * @param atMilliseconds when the report is made; epoch milliseconds
 * @throws {UsageError} when the database can't be read or the file can't be written.
 */
export function runReport(
  { database, format, outputPath }: ReportRequest,
  { output }: Pick<Surroundings, "output">,
  atMilliseconds: number,
): ExitCode {
  readRecords(database, (reader) => {
    const chunks = writers[format](reader, atMilliseconds);
    if (outputPath === undefined) writeChunks(chunks, output);
    else writeFile(chunks, outputPath);
  });
  return ExitCode.success;
}

function writeChunks(chunks: Iterable<string>, output: OutputStream): void {
  for (const chunk of chunks) output.write(chunk);
}

/** Beside the file first, so that what was there stays until the new one is whole. */
function writeFile(chunks: Iterable<string>, path: string): void {
  const partial = `${path}.partial`;
  const file = opened(partial, path);
  try {
    for (const chunk of chunks) writeSync(file, chunk);
    closeSync(file);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error instanceof RecordsError ? error : unwritable(path, error);
  }
}

function opened(partial: string, path: string): number {
  try {
    return openSync(partial, "w");
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): UsageError {
  return new UsageError(`${path}: can't be written: ${outputProblem(path, error)}`, { cause: error });
}
