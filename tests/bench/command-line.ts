import process from "node:process";
import { Command, InvalidArgumentError } from "commander";

/**
 * The command line of a benchmark: explains itself with `--help`; what it does not know ends it with one line and 2.
 * @param about what it measures, and what its exit status says
 */
export function benchmark(name: string, about: string): Command {
  // Whoever reads only the first lines of it has read enough.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  return new Command(`npm run ${name} --`)
    .usage("[options]")
    .description(about)
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
}

/** A whole number of at least 1. */
export function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError("It takes a whole number from 1 on.");
}
