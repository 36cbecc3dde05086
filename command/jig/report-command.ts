import type { Command } from "commander";
import { addCommand, type CommandText } from "../kit/add-command.js";
import { UsageError } from "../kit/usage-error.js";
import { requireDatabase } from "./require-database.js";

const formats = Object.freeze(["csv", "json", "html", "postgresql"] as const);

export type ReportFormat = "text" | (typeof formats)[number];

export interface ReportRequest {
  readonly database: string;
  readonly format: ReportFormat;
  /** The file to write; standard output where it is missing. */
  readonly outputPath?: string;
}

/** As commander hands the options over. */
type ReportOptions = Readonly<Partial<Record<(typeof formats)[number], true>>> & {
  readonly database?: string;
  readonly output?: string;
};

const text: CommandText = {
  summary: "yield, failures and statistics",
  description: "Reports a station's records: yield, what made units fail, capability and control charts.",
  examples: [
    ["tally jig report --database records.db"],
    ["tally jig report --database records.db --html -o report.html"],
    ["tally jig report --database records.db --postgresql | psql --set ON_ERROR_STOP=1 plant"],
  ],
  notes: ["Without a format, a summary in text."],
  exitStatus: "0 when the report is written, 2 when it can't be.",
};

/** Adds `report` to `tally jig`. */
export function addReportCommand(jig: Command, carryOut: (request: ReportRequest) => Promise<void>): Command {
  return addCommand(jig, "report", text)
    .option("--database <file>", "the station's records")
    .option("--csv", "every measurement, a row each")
    .option("--json", "every attempt, the wrapped keys, and the statistics")
    .option("--html", "one page with charts that needs nothing else")
    .option("--postgresql", "SQL that adds the records to a plant's PostgreSQL, where many stations merge")
    .option("-o, --output <file>", "write to a file")
    .action(async ({ output, ...given }: ReportOptions) => {
      const chosen = formats.filter((format) => given[format]);
      if (chosen.length > 1)
        throw new UsageError(`choose one of ${chosen.map((format) => `--${format}`).join(", ")}`);
      await carryOut({
        database: requireDatabase("report", given.database),
        format: chosen[0] ?? "text",
        ...(output === undefined ? {} : { outputPath: output }),
      });
    });
}
