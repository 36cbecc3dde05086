import type { Attempt, Measurement, PhaseRun } from "../../../jig/attempt/attempt.js";
import type { Limits } from "../../../jig/attempt/limits.js";
import { judge } from "../../../jig/attempt/limits.js";
import type { AttemptOutcome } from "../../../jig/attempt/outcome.js";
import { Random } from "../../../sim/kernel/random.js";

interface Model {
  readonly phase: string;
  readonly name: string;
  readonly unit: string;
  readonly mean: number;
  readonly deviation: number;
  readonly limits: Limits;
}

const models: readonly Model[] = [
  model("rails", "battery", "mV", 3612, 14, { kind: "range", minimum: 3500, maximum: 3700 }),
  model("rails", "core", "mV", 1802, 6, { kind: "within-percent", nominal: 1800, percent: 3 }),
  model("sleep", "sleepCurrent", "uA", 6.1, 0.9, { kind: "range", maximum: 9 }),
  model("pulses", "forwardMissing", "pulses", 0, 0, { kind: "range", minimum: 0, maximum: 0 }),
  model("valve", "closeCurrent", "mA", 62, 4, { kind: "range", minimum: 40, maximum: 90 }),
  model("valve", "closeTime", "ms", 4200, 120, { kind: "range", minimum: 3000, maximum: 5000 }),
  model("clock", "drift", "ppm", -2.4, 3.1, { kind: "range", minimum: -20, maximum: 20 }),
  model("modem", "signal", "dBm", -84, 5, { kind: "range", minimum: -110 }),
];

function model(
  phase: string,
  name: string,
  unit: string,
  mean: number,
  deviation: number,
  limits: Limits,
): Model {
  return { phase, name, unit, mean, deviation, limits };
}

const recipe = { name: "water", version: "3", hash: "c0ffee".repeat(10) + "c0ff" };
const attemptMilliseconds = 22_000;

/** Attempts at a line of units as a station would store them: some units fail and are tried again, some attempts go wrong. */
export function simulatedAttempts(units: number, slots: number, seed: number): Attempt[] {
  const random = new Random(seed).fork("attempts");
  return Array.from({ length: units }, (_, index) => oneUnit(random, index, slots)).flat();
}

function oneUnit(random: Random, index: number, slots: number): Attempt[] {
  const isBad = random.chance(0.05);
  const outcome: AttemptOutcome = random.chance(0.01) ? "ERROR" : random.chance(0.01) ? "ABORTED" : "PASS";
  const first = oneAttempt(random, { index, slots, isBad, tryNumber: 1, outcome });
  if (first.outcome === "PASS") return [first];
  const isRepaired = random.chance(0.4);
  return [
    first,
    oneAttempt(random, { index, slots, isBad: isBad && !isRepaired, tryNumber: 2, outcome: "PASS" }),
  ];
}

interface Plan {
  readonly index: number;
  readonly slots: number;
  readonly isBad: boolean;
  readonly tryNumber: number;
  readonly outcome: AttemptOutcome;
}

function oneAttempt(random: Random, { index, slots, isBad, tryNumber, outcome }: Plan): Attempt {
  const slot = (index % slots) + 1;
  const startedAtMilliseconds =
    Date.UTC(2026, 2, 2, 6) + (Math.floor(index / slots) * 2 + tryNumber) * attemptMilliseconds;
  const faulty = isBad ? random.integer(0, models.length - 1) : -1;
  const measurements = models.map((one, number) => measure(random, one, slot, number === faulty));
  const phases: PhaseRun[] = [...new Set(models.map(({ phase }) => phase))].map((name, position) => {
    const own = measurements.filter((_, number) => models[number]?.phase === name);
    return {
      name,
      tryNumber: 1,
      outcome: own.some((measurement) => measurement.outcome === "FAIL") ? "FAIL" : "PASS",
      startedAtMilliseconds: startedAtMilliseconds + position * 2000,
      endedAtMilliseconds: startedAtMilliseconds + (position + 1) * 2000,
      measurements: own,
      attachments: [],
    };
  });
  const failed = phases.find((phase) => phase.outcome === "FAIL");
  const end = outcome !== "PASS" ? outcome : failed ? "FAIL" : "PASS";
  return {
    id: `${index}-${tryNumber}`,
    unit: { hardwareId: `hw-${index}`, serialNumber: `W${String(index + 1).padStart(8, "0")}` },
    recipe,
    station: "S1",
    slot,
    startedAtMilliseconds,
    endedAtMilliseconds: startedAtMilliseconds + attemptMilliseconds,
    outcome: end,
    ...(end === "PASS" ? {} : { reason: failed ? `${failed.name} is outside its limits` : "stopped" }),
    phases: end === "PASS" || end === "FAIL" ? phases : lostIn(phases, end),
  };
}

function lostIn(phases: readonly PhaseRun[], outcome: AttemptOutcome): PhaseRun[] {
  return phases
    .slice(0, 3)
    .map((phase, index) => (index < 2 ? phase : { ...phase, outcome, measurements: [] }));
}

/** Slot 3's current meter reads a little high, so that the charts have something to say. */
function measure(
  random: Random,
  { name, unit, mean, deviation, limits }: Model,
  slot: number,
  isFaulty: boolean,
): Measurement {
  const offset = slot === 3 && name === "sleepCurrent" ? 1.2 : 0;
  const fault = isFaulty ? Math.max(8 * deviation, 2) * 3 : 0;
  const value = Number((random.normal(mean, deviation) + offset + fault).toFixed(2));
  const { isWithin, isMarginal } = judge(limits, value);
  return { name, value, unit, limits, outcome: isWithin ? "PASS" : "FAIL", isMarginal };
}
