import { group } from "d3-array";
import type { Attempt, Measurement, PhaseRun } from "../attempt/attempt.js";
import type { Limits } from "../attempt/limits.js";
import { type Bounds, type Capability, capability } from "./capability.js";
import { type IndividualsChart, individualsChart } from "./individuals-chart.js";
import { limitsText, numericBounds } from "./limits-text.js";
import { type Unit, unitsOf } from "./units.js";

/** One measurement over all units, under one set of limits. */
export interface Series {
  readonly phase: string;
  readonly measurement: string;
  readonly unit: string | null;
  readonly limits: string;
  readonly bounds: Bounds;
  readonly values: readonly number[];
  /** Null for less than two values. */
  readonly capability: Capability | null;
  /** In the order of the slots; those with at least two values. */
  readonly slots: readonly SlotSeries[];
}

export interface SlotSeries {
  readonly slot: number;
  readonly capability: Capability;
  readonly chart: IndividualsChart;
}

interface Sample {
  readonly phase: string;
  readonly measurement: Measurement;
  readonly limits: Limits | undefined;
  readonly value: number;
  readonly slot: number;
  readonly atMilliseconds: number;
}

/**
 * Every numeric measurement with what SPC says of it. Each unit counts with its first value: what comes after a
 * failure was chosen by it. Values under other limits are a series of their own.
 */
export function seriesOf(attempts: readonly Attempt[]): Series[] {
  const samples = unitsOf(attempts).flatMap(firstSamples);
  const groups = group(samples, ({ phase, measurement, limits }) =>
    JSON.stringify([phase, measurement.name, measurement.unit ?? null, limits ?? null]),
  );
  return [...groups.values()].flatMap((own) => {
    const inOrder = [...own].sort((one, other) => one.atMilliseconds - other.atMilliseconds);
    const [first] = inOrder;
    return first ? [oneSeries(first, inOrder)] : [];
  });
}

function oneSeries({ phase, measurement, limits }: Sample, samples: readonly Sample[]): Series {
  const bounds = numericBounds(limits) ?? { minimum: null, maximum: null };
  const values = samples.map(({ value }) => value);
  return {
    phase,
    measurement: measurement.name,
    unit: measurement.unit ?? null,
    limits: limitsText(limits, measurement.unit),
    bounds,
    values,
    capability: capability(values, bounds) ?? null,
    slots: slotSeries(samples, bounds),
  };
}

function slotSeries(samples: readonly Sample[], bounds: Bounds): SlotSeries[] {
  const slots = [...group(samples, ({ slot }) => slot)].sort(([one], [other]) => one - other);
  return slots.flatMap(([slot, own]) => {
    const values = own.map(({ value }) => value);
    const [figures, chart] = [capability(values, bounds), individualsChart(values)];
    return figures && chart ? [{ slot, capability: figures, chart }] : [];
  });
}

/** The first number that each measurement of the unit gave. */
function firstSamples({ attempts }: Unit): Sample[] {
  const samples = new Map<string, Sample>();
  for (const attempt of attempts)
    for (const phase of attempt.phases)
      for (const sample of samplesOf(attempt, phase)) {
        const key = JSON.stringify([sample.phase, sample.measurement.name]);
        if (!samples.has(key)) samples.set(key, sample);
      }
  return [...samples.values()];
}

function samplesOf({ slot }: Attempt, phase: PhaseRun): Sample[] {
  return phase.measurements.flatMap((measurement) => {
    const { value, limits } = measurement;
    if (typeof value !== "number" || limits?.kind === "equals" || limits?.kind === "regex") return [];
    return [
      { phase: phase.name, measurement, limits, value, slot, atMilliseconds: phase.startedAtMilliseconds },
    ];
  });
}
