import { extent } from "d3-array";
import type { Attempt, RecipeIdentity } from "../attempt/attempt.js";
import { type ParetoRow, failurePareto, stationPareto } from "./pareto.js";
import { type Series, seriesOf } from "./series.js";
import { type Unit, unitsOf } from "./units.js";
import { type SlotYield, type Yield, isGoodInTheEnd, yieldBySlot, yieldOf } from "./yield.js";

/** All that a report says, whatever its form. */
export interface Analysis {
  readonly stations: readonly string[];
  readonly recipes: readonly RecipeIdentity[];
  /** Epoch milliseconds of the first beginning and the last end; null without an attempt. */
  readonly fromMilliseconds: number | null;
  readonly toMilliseconds: number | null;
  readonly yield: Yield;
  readonly slots: readonly SlotYield[];
  readonly failures: readonly ParetoRow[];
  readonly stationFailures: readonly ParetoRow[];
  readonly series: readonly Series[];
  /** Units that are not good in the end, in the order of their last attempt. */
  readonly badUnits: readonly Unit[];
}

/** @param attempts in the order in which they ended */
export function analyse(attempts: readonly Attempt[]): Analysis {
  const [from] = extent(attempts, ({ startedAtMilliseconds }) => startedAtMilliseconds);
  const [, to] = extent(attempts, ({ endedAtMilliseconds }) => endedAtMilliseconds);
  return {
    stations: [...new Set(attempts.map(({ station }) => station))].sort(),
    recipes: [...new Map(attempts.map(({ recipe }) => [recipe.hash, recipe])).values()],
    fromMilliseconds: from ?? null,
    toMilliseconds: to ?? null,
    yield: yieldOf(attempts),
    slots: yieldBySlot(attempts),
    failures: failurePareto(attempts),
    stationFailures: stationPareto(attempts),
    series: seriesOf(attempts),
    badUnits: unitsOf(attempts).filter((unit) => !isGoodInTheEnd(unit)),
  };
}
