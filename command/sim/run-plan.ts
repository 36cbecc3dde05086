import { daySeconds } from "../../hal/base/time-units.js";
import { basename } from "node:path";
import type { Product } from "../../firmware/products/product.js";
import { createGasHousehold } from "../../sim/world/demand/gas-household.js";
import { createHousehold } from "../../sim/world/demand/household.js";
import type { PulseSource } from "../../sim/world/demand/pulse-source.js";
import { TraceError } from "../../sim/world/demand/trace/trace-error.js";
import { fastestReedHertz, readTraceInParts } from "../../sim/world/demand/trace/trace-file.js";
import { Random } from "../../sim/kernel/random.js";
import type { RunOptions } from "../../sim/run/run-options.js";
import { isInClockRange, latestEpochSeconds } from "../../sim/world/clock-range.js";
import { daysText, timeText } from "../kit/quantities.js";
import { repeatCommand } from "./repeat-command.js";
import { defaultDays, type SimArguments } from "./sim-arguments.js";
import { UsageError } from "../kit/usage-error.js";
import { requireWithinRun } from "./within-run.js";

/** A run, all but its engine. */
export interface RunPlan {
  readonly options: Omit<RunOptions, "engine">;
  /** What flows, for a title. */
  readonly demandName: string;
  readonly pulseWeightMillilitres: number;
  readonly warnings: readonly string[];
  /** The command that gives the same run again. */
  readonly repeat: string;
}

/** What flows, from when, for how long. */
interface Demand {
  readonly startEpochSeconds: number;
  readonly durationSeconds: number;
  readonly pulses: PulseSource;
  readonly name: string;
  readonly warnings: readonly string[];
}

interface Household {
  readonly create: typeof createHousehold | typeof createGasHousehold;
  readonly overloadFlow: number;
}

/** 2026-01-01T00:00:00Z */
const householdStartEpochSeconds = 1_767_225_600;
/** By a product's name, a household's demand, and what its meter lets through at most, in m3/h. */
const households: ReadonlyMap<string, Household> = new Map([
  /** Q4 of a Q3 of 2.5. */
  ["water", { create: createHousehold, overloadFlow: 3.125 }],
  /** Qmax of a G4. */
  ["gas", { create: createGasHousehold, overloadFlow: 6 }],
]);
const mostWarnings = 10;

/**
 * Turns arguments into a run. A long trace is read in parts, with pauses.
 * @throws {UsageError} for a trace that can't be used, a setting that can't go with a household, or a day beyond the run's
 * end; and what a pause throws.
 */
export async function planRun(given: SimArguments, pause: () => Promise<void>): Promise<RunPlan> {
  try {
    return await planOf(given, pause);
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}

async function planOf(given: SimArguments, pause: () => Promise<void>): Promise<RunPlan> {
  const { product, settings, seed } = given;
  const pulseWeightMillilitres =
    settings.get("pulseWeightMillilitres") ?? product.settings.pulseWeightMillilitres;
  const litresPerPulse = pulseWeightMillilitres / 1000;
  const demand =
    given.trace === undefined
      ? householdDemand(given, litresPerPulse)
      : await traceDemand(given, given.trace, litresPerPulse, pause);
  const { startEpochSeconds, durationSeconds, pulses } = demand;
  requireClockRange(startEpochSeconds, durationSeconds);
  requireWithinRun(given, durationSeconds);
  return {
    options: {
      product,
      seed,
      startEpochSeconds,
      durationSeconds,
      pulses,
      settings,
      network: {
        outages: given.outages.map(({ fromDay, toDay }) => ({
          fromSeconds: fromDay * daySeconds,
          toSeconds: toDay * daySeconds,
        })),
      },
      networkSituations: given.networkSituations,
      ...(given.board && { board: given.board }),
      ...(given.html !== undefined && { sampleSeconds: sampleSecondsFor(durationSeconds) }),
    },
    demandName: demand.name,
    pulseWeightMillilitres,
    warnings: demand.warnings,
    repeat: repeatCommand(given),
  };
}

/** Some hundreds of samples, whatever the length of the run, and a day's number of them. */
function sampleSecondsFor(durationSeconds: number): number {
  if (durationSeconds <= 3 * daySeconds) return 600;
  return durationSeconds <= 60 * daySeconds ? 3600 : daySeconds;
}

function householdDemand({ product, seed, persons, days }: SimArguments, litresPerPulse: number): Demand {
  const { create, overloadFlow } = householdOf(product);
  requireReedRate(overloadFlow, litresPerPulse);
  const startEpochSeconds = householdStartEpochSeconds;
  const random = new Random(seed).fork("demand");
  return {
    startEpochSeconds,
    durationSeconds: Math.round((days ?? defaultDays) * daySeconds),
    pulses: create({ random, startEpochSeconds, persons, litresPerPulse, overloadFlow }),
    name: persons === 1 ? "household of one" : `household of ${persons}`,
    warnings: [],
  };
}

/** Pulses faster than a reed can close would be lost, and no fault of the meter's. */
function requireReedRate(overloadFlow: number, litresPerPulse: number): void {
  const litresPerSecond = (overloadFlow * 1000) / 3600;
  const leastMillilitres = Math.ceil((litresPerSecond * 1000) / fastestReedHertz);
  if (litresPerPulse * 1000 >= leastMillilitres) return;
  const hertz = Math.round(litresPerSecond / litresPerPulse);
  throw new UsageError(
    `pulse-weight-millilitres must be at least ${leastMillilitres} for a household: its highest flow would give ` +
      `${hertz} pulses a second, and a reed gives at most ${fastestReedHertz}`,
  );
}

/** A household's run may be longer than a meter's clock goes; a trace is refused by its reader. */
function requireClockRange(startEpochSeconds: number, durationSeconds: number): void {
  if (isInClockRange(startEpochSeconds + durationSeconds)) return;
  const mostDays = Math.floor((latestEpochSeconds - startEpochSeconds) / daySeconds);
  throw new UsageError(
    `--days must be at most ${mostDays}: a meter's clock goes to ${timeText(latestEpochSeconds)}, for its modem tells ` +
      "years in two digits",
  );
}

async function traceDemand(
  { days, reading }: SimArguments,
  path: string,
  litresPerPulse: number,
  pause: () => Promise<void>,
): Promise<Demand> {
  const trace = await readTraceInParts(path, { ...reading, litresPerPulse }, pause);
  const warnings = trace.reports
    .slice(0, mostWarnings)
    .map(({ line, message }) => `${path}, line ${line}: ${message}`);
  const further = trace.reports.length - warnings.length + trace.furtherReports;
  if (further > 0) warnings.push(`… and ${further} more`);
  const askedSeconds = days === undefined ? trace.durationSeconds : Math.round(days * daySeconds);
  if (askedSeconds > trace.durationSeconds)
    warnings.push(`${path} ends after ${daysText(trace.durationSeconds)}, and so does the run`);
  return {
    startEpochSeconds: trace.startEpochSeconds,
    durationSeconds: Math.min(askedSeconds, trace.durationSeconds),
    pulses: trace.pulses(),
    name: basename(path),
    warnings,
  };
}

function householdOf({ name }: Product): Household {
  const household = households.get(name);
  if (household) return household;
  throw new UsageError(`no household is known for a ${name} meter: give a record of its flow with --trace`);
}
