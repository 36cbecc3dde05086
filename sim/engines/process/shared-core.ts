import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";

/** Where in proc(5)'s `stat`, behind the name in parentheses, the processor stands that a thread runs on. */
const processorField = 36;

/** Processes that this thread talks to now. */
let holders = 0;
/** The processors that this thread may run on when it talks to nobody, as taskset(1) writes them. */
let processors: string | undefined;

/**
 * Keeps this thread, and what it starts, on the core that it runs on now. It and a process that it talks to
 * synchronously never run at the same time: on one core the one hands over to the other, on two each message has to
 * wake a core, which takes several times as long as what is done in between. Where the system can't, all stays as it is.
 */
export function holdCore(): void {
  if (holders++ > 0) return;
  try {
    const stat = readFileSync("/proc/thread-self/stat", "latin1");
    const processor = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[processorField];
    if (processor !== undefined) processors = setProcessors(processor);
  } catch {
    processors = undefined;
  }
}

/** The thread talks to one less. */
export function releaseCore(): void {
  if (--holders > 0 || processors === undefined) return;
  try {
    setProcessors(processors);
  } catch {
    // Then it stays where it is, which is no more than slower.
  }
  processors = undefined;
}

/** Returns those that it might run on before. @throws {Error} where there is no taskset. */
function setProcessors(list: string): string | undefined {
  const thread = readlinkSync("/proc/thread-self").replace(/^.*\//, "");
  const said = execFileSync("taskset", ["-pc", list, thread], { encoding: "latin1", stdio: "pipe" });
  return /current affinity list: (\S+)/.exec(said)?.[1];
}
