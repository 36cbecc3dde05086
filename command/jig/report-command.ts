import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { Command } from "commander";
import { ExitCode } from "../kit/failures.js";
import type { OutputStream, Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";
import type { RecordReader } from "../../jig/records/record-reader.js";
import { RecordsError } from "../../jig/records/records-error.js";
import { csvReport } from "../../jig/report/csv.js";
import { htmlOf } from "../../jig/report/html.js";
import { jsonReport } from "../../jig/report/json.js";
import { postgresqlReport } from "../../jig/report/postgresql.js";
import { textReport } from "../../jig/report/text.js";
import { givenToReader, readRecords } from "./read-records.js";

const formats = {
  text: (reader: RecordReader) => textReport(reader.attempts()),
  csv: (reader: RecordReader) => csvReport(reader.attempts()),
  json: (reader: RecordReader) => jsonReport(reader.attempts(), reader.keys()),
  html: (reader: RecordReader, atMilliseconds: number) => htmlOf(reader.attempts(), atMilliseconds),
  postgresql: (reader: RecordReader) => postgresqlReport(reader.attempts(), reader.keys()),
} as const;

export type ReportFormat = keyof typeof formats;

export interface ReportRequest {
  readonly database: string;
  readonly format: ReportFormat;
  /** The file to write; standard output where it is missing. */
  readonly outputPath?: string;
}

const help = `
Examples:
  $ tally jig report --database records.db
  $ tally jig report --database records.db --html -o report.html
  $ tally jig report --database records.db --postgresql | psql --set ON_ERROR_STOP=1 plant

Without a format, a summary in text. Exit status: 0 when the report is written, 2 when it can't be.`;

/** Adds `report` to `tally jig`. */
export function addReportCommand(jig: Command, carryOut: (request: ReportRequest) => void): Command {
  return jig
    .command("report")
    .summary("yield, failures and statistics of a station's records")
    .description("Reports a station's records: yield, what made units fail, capability and control charts.")
    .option("--database <file>", "the station's records")
    .option("--csv", "every measurement, a row each")
    .option("--json", "every attempt, the wrapped keys, and the statistics")
    .option("--html", "one page with charts that needs nothing else")
    .option("--postgresql", "SQL that adds the records to a plant's PostgreSQL, where many stations merge")
    .option("-o, --output <file>", "write to a file")
    .addHelpText("after", help)
    .action((_options: unknown, command: Command) => {
      const { database, output, ...options } = givenToReader(command);
      const chosen = (Object.keys(formats) as ReportFormat[]).filter((format) => options[format] === true);
      if (chosen.length > 1)
        throw new UsageError(`choose one of ${chosen.map((format) => `--${format}`).join(", ")}`);
      carryOut({
        database,
        format: chosen[0] ?? "text",
        ...(typeof output === "string" ? { outputPath: output } : {}),
      });
    });
}

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
    const chunks = formats[format](reader, atMilliseconds);
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
  const { code, message } = error as NodeJS.ErrnoException;
  const reason =
    code === "ENOENT" ? "there is no such folder" : code === "ENOSPC" ? "the disk is full" : message;
  return new UsageError(`${path}: can't be written: ${reason}`, { cause: error });
}
