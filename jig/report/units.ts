import { group } from "d3-array";
import type { Attempt, PhaseRun } from "../attempt/attempt.js";

/** All attempts at one unit, in the order in which they ended. */
export interface Unit {
  /** As people know it: the serial number, before it has one the chip's own id. */
  readonly name: string;
  readonly attempts: readonly Attempt[];
}

/** Sorts attempts by unit. One whose unit never said who it is stands for a unit of its own. */
export function unitsOf(attempts: readonly Attempt[]): Unit[] {
  const identity = ({ unit, id }: Attempt): string => unit.hardwareId ?? unit.serialNumber ?? `attempt ${id}`;
  return [...group(attempts, identity)].map(([key, own]) => ({
    name: own.flatMap(({ unit }) => unit.serialNumber ?? []).at(-1) ?? key,
    attempts: own,
  }));
}

/** Whether the attempt tells something of the unit: errors, timeouts and aborts are the station's. */
export function isJudged({ outcome }: Attempt): boolean {
  return outcome === "PASS" || outcome === "FAIL";
}

/** The last try of each phase, which counts. */
export function lastTries({ phases }: Attempt): PhaseRun[] {
  return [...group(phases, ({ name }) => name).values()].flatMap((tries) => tries.at(-1) ?? []);
}
