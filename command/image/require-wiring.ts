import type { KnownBoard } from "../../manifests/boards/boards.js";
import { wiringNotes, wiringProblems } from "../../manifests/wiring/check.js";
import type { Surroundings } from "../kit/surroundings.js";
import { UsageError } from "../kit/usage-error.js";

/**
 * Warns of what is to know of a board's wiring.
 * @throws {UsageError} when the chip can't do what it asks of it.
 */
export function requireWiring(
  { name, wiring }: KnownBoard,
  { errors, errorColours }: Pick<Surroundings, "errors" | "errorColours">,
): void {
  const problems = wiringProblems(wiring, name);
  if (problems.length > 0)
    throw new UsageError(
      `the wiring of ${name}: ${problems.join("; ")}; mend manifests/boards/${name}/provider.ts`,
    );
  for (const note of wiringNotes(wiring, name))
    errors.write(`${errorColours.yellow("warning:")} the wiring of ${name}: ${note}\n`);
}
