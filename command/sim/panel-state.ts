import { daySeconds } from "../../hal/base/time-units.js";
import { settledBatteryYears } from "../../sim/run/battery-life.js";
import type { ModemState } from "../../sim/world/modem/bc660k/bc660k-options.js";
import type { Simulation } from "../../sim/run/simulation.js";

/** Everything that the live view shows, at one moment. */
export interface PanelState {
  readonly productName: string;
  readonly serialNumber: string;
  readonly engineName: string;
  readonly demandName: string;
  readonly seed: number;
  readonly startEpochSeconds: number;
  readonly durationSeconds: number;
  readonly elapsedSeconds: number;
  /** Of real time, since the run began. */
  readonly wallSeconds: number;
  readonly pulseWeightMillilitres: number;
  readonly forwardPulses: number;
  readonly litresPerHour: number;
  /** What flowed in each hour of the present day of UTC, up to the one that runs. */
  readonly hourlyLitres: readonly number[];
  /** 0 (closed) to 1 (open). */
  readonly valveAngle: number;
  readonly isValveDriven: boolean;
  readonly batteryMillivolts: number;
  readonly batteryFraction: number;
  /** How long it lasts; undefined until the figure has settled. */
  readonly batteryYears: number | undefined;
  readonly modemState: ModemState;
  readonly wakes: number;
  readonly reports: number;
  readonly intervals: number;
  /** What the head-end found wrong with the meter's messages. */
  readonly protocolFaults: number;
  readonly lastReport: { readonly epochSeconds: number; readonly forwardPulses: number } | undefined;
}

/** What stays the same for the whole run. */
export interface PanelFacts {
  readonly engineName: string;
  readonly demandName: string;
  readonly pulseWeightMillilitres: number;
}

export interface PanelMoment {
  readonly nowMicroseconds: number;
  /** The flow is averaged since then. */
  readonly flowSinceMicroseconds: number;
  readonly wallSeconds: number;
}

const hourSeconds = 3600;

/** Reads a simulation off, only by what has no effect on it. */
export function readPanelState(simulation: Simulation, facts: PanelFacts, moment: PanelMoment): PanelState {
  const { options, meter, board, truth, headEnd, readings, book } = simulation;
  const { nowMicroseconds, flowSinceMicroseconds, wallSeconds } = moment;
  const { startEpochSeconds, durationSeconds, seed } = options;
  const litresPerPulse = facts.pulseWeightMillilitres / 1000;
  const forwardPulses = truth.forwardPulsesAt(nowMicroseconds);
  const flowedPulses = forwardPulses - truth.forwardPulsesAt(flowSinceMicroseconds);
  const flowSeconds = (nowMicroseconds - flowSinceMicroseconds) / 1e6;
  const { latest } = readings ?? {};
  return {
    ...facts,
    productName: options.product.name,
    serialNumber: meter.parts.serialNumber,
    seed,
    startEpochSeconds,
    durationSeconds,
    elapsedSeconds: nowMicroseconds / 1e6,
    wallSeconds,
    forwardPulses,
    litresPerHour: flowSeconds > 0 ? (flowedPulses * litresPerPulse * hourSeconds) / flowSeconds : 0,
    hourlyLitres: hourlyPulses(simulation, nowMicroseconds).map((pulses) => pulses * litresPerPulse),
    valveAngle: meter.valve.angle,
    isValveDriven: meter.valve.currentMilliamperes > 0,
    batteryMillivolts: meter.battery.millivolts,
    batteryFraction: meter.battery.remainingFraction,
    batteryYears: settledBatteryYears(book.midnights),
    modemState: meter.modem.state,
    wakes: board.wakes,
    reports: headEnd.reports,
    intervals: headEnd.intervals,
    protocolFaults: headEnd.faults.length,
    lastReport: latest && { epochSeconds: latest.epochSeconds, forwardPulses: latest.forwardPulses },
  };
}

function hourlyPulses({ options, truth }: Simulation, nowMicroseconds: number): number[] {
  const { startEpochSeconds } = options;
  const nowEpochSeconds = startEpochSeconds + nowMicroseconds / 1e6;
  const midnight = Math.floor(nowEpochSeconds / daySeconds) * daySeconds;
  const pulsesUntil = (epochSeconds: number): number =>
    truth.forwardPulsesAt(Math.min(nowMicroseconds, (epochSeconds - startEpochSeconds) * 1e6));
  const hours: number[] = [];
  for (let hour = midnight; hour <= nowEpochSeconds; hour += hourSeconds)
    hours.push(pulsesUntil(hour + hourSeconds) - pulsesUntil(hour));
  return hours;
}
