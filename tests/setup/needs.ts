import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, it } from "@jest/globals";

/** Something that some tests need and that not every machine has. */
export interface Need {
  /** What is missing and what to do about it, in one line; undefined where it is there. */
  readonly missing: string | undefined;
  /** `.ci/run` installs it. */
  readonly isInstalledByCi: boolean;
}

/**
 * `describe` for tests that need something. Where that is missing each of them counts as skipped, with the reason in
 * its name; in CI, which should have it, they fail. To be counted the tests are declared in any case: what uses the
 * thing that is needed belongs into tests and hooks.
 */
export function describeWith(need: Need, name: string, tests: () => void): void {
  const { missing } = need;
  if (missing === undefined) describe(name, tests);
  else if (mustBeThere(need, process.env["CI"]))
    describe(name, () => {
      it("has what it needs", () => {
        throw new Error(missing);
      });
    });
  else describe.skip(`${name} [not run: ${missing}]`, tests);
}

/** Whether a need that is missing is a failure. @param ci the environment variable CI */
export function mustBeThere({ isInstalledByCi }: Need, ci = ""): boolean {
  return isInstalledByCi && ci !== "" && ci !== "false";
}

/** To join two pseudo-terminals. */
export function needsSocat(): Need {
  const isThere = spawnSync("socat", ["-V"], { stdio: "ignore" }).status === 0;
  return {
    missing: isThere ? undefined : "there is no socat (Debian: apt-get install socat)",
    isInstalledByCi: true,
  };
}

/** Three days of a real household as a logger recorded them, which are not part of this repository. */
export const householdTracePath = "../shared/data/household-019/trace.csv";

export function needsHouseholdTrace(): Need {
  return {
    missing: existsSync(householdTracePath) ? undefined : `${householdTracePath} is not beside this checkout`,
    isInstalledByCi: false,
  };
}
