import { setTimeout as sleep } from "node:timers/promises";
import { Chalk, chalkStderr, default as chalk } from "chalk";
import { ExitCode } from "./kit/failures.js";
import { fileProblem } from "./kit/file-problem.js";
import { runTally } from "./run-tally.js";
import type { Surroundings } from "./kit/surroundings.js";

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    interruption.abort();
  });

// Whoever reads our output may have had enough of it, such as `head`.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    if (stream === process.stdout) process.stderr.write(`error: standard output ${fileProblem(error)}\n`);
    process.exit(ExitCode.usage);
  });

// https://no-color.org
const isColourless = (process.env["NO_COLOR"] ?? "") !== "";

const surroundings: Surroundings = {
  output: process.stdout,
  errors: process.stderr,
  outputColours: isColourless ? new Chalk({ level: 0 }) : chalk,
  errorColours: isColourless ? new Chalk({ level: 0 }) : chalkStderr,
  clock: {
    now: () => performance.now(),
    sleep: async (milliseconds) => sleep(milliseconds),
  },
  interrupt: interruption.signal,
  canRedraw: process.env["TERM"] !== "dumb",
};
process.exitCode = await runTally(process.argv.slice(2), surroundings);
