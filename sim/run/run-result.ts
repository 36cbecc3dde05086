import type { Battery } from "../world/battery/battery.js";
import type { FlashChip } from "../world/flash/partition-table.js";
import type { HeadEnd } from "../head-end/head-end.js";
import type { Readings } from "../head-end/readings.js";
import type { Network } from "../world/network/network.js";
import type { Difference, RegisterPulses } from "./checkers.js";
import type { ContactChange } from "./event-log/contact-changes.js";
import { settledBatteryYears } from "./battery-life.js";
import type { RunBook } from "./run-book.js";
import type { RunOptions } from "./run-options.js";
import { yearSeconds } from "./year.js";

/** What the battery has given. */
export interface EnergyReport {
  /** To all loads, and by itself. */
  readonly chargeMilliampereHours: number;
  /**
   * How long it lasts that was full at the start: by the whole days after the first, where there are two, else by the
   * average of the run.
   */
  readonly batteryYears: number;
  /** To whom, in µAh. */
  readonly ledgerMicroampereHours: Readonly<Record<string, number>>;
}

/** What `tally sim --json` prints. */
export interface RunReport {
  readonly product: string;
  readonly engine: string;
  /** Null for an ideal one. */
  readonly board: string | null;
  readonly seed: number;
  readonly simulatedSeconds: number;
  readonly wallSeconds: number;
  readonly wakes: number;
  readonly truth: RegisterPulses;
  readonly register: RegisterPulses;
  /** `forwardPulses` is the index of the last acknowledged report. */
  readonly headEnd: RegisterPulses & {
    readonly intervals: number;
    readonly missingIntervals: number;
    readonly duplicateIntervals: number;
  };
  readonly uplink: {
    readonly reports: number;
    readonly datagramsUp: number;
    readonly datagramsDown: number;
    readonly bytesUp: number;
    readonly bytesDown: number;
    readonly retransmissions: number;
    /** Each contact that did not end as the one before it; empty when all was delivered. */
    readonly contactChanges: readonly ContactChange[];
  };
  readonly energy: EnergyReport;
  /** The processor's time: starts, runs and waits. */
  readonly awakeSeconds: number;
  /** Of the chip, by a brown-out, a watchdog or itself. */
  readonly resets: number;
  /** Starts of the modem after its first; a wake from its sleep is none. */
  readonly modemResets: number;
  /** The second of the run at which the battery was empty; null while it is not. */
  readonly died: number | null;
  readonly flash: { readonly programs: number; readonly erases: number; readonly maxSectorErases: number };
  readonly traceHash: string;
}

export interface RunResult {
  readonly report: RunReport;
  /** Empty when everything is as it was in truth. */
  readonly differences: readonly Difference[];
}

/** What a run leaves behind. */
export interface RunFindings {
  readonly options: RunOptions;
  /** Up to when intervals should have arrived. */
  readonly endEpochSeconds: number;
  readonly engineName: string;
  readonly simulatedSeconds: number;
  readonly wallSeconds: number;
  readonly wakes: number;
  readonly truth: RegisterPulses;
  readonly register: RegisterPulses;
  readonly headEnd: HeadEnd;
  readonly readings: Readings | undefined;
  readonly completeFromEpochSeconds: number | undefined;
  readonly network: Network;
  readonly retransmissions: number;
  readonly contactChanges: readonly ContactChange[];
  readonly flash: FlashChip;
  readonly battery: Battery;
  readonly book: RunBook;
  readonly diedSeconds: number | undefined;
  readonly traceHash: string;
}

/** Collects the figures of a run. */
export function summarise(findings: RunFindings): RunReport {
  const { options, headEnd, readings, book, endEpochSeconds: endEpoch } = findings;
  const last = book.samples.at(-1);
  const { datagramsUp, datagramsDown, bytesUp, bytesDown } = findings.network.counters;
  return {
    product: options.product.name,
    engine: findings.engineName,
    board: options.board?.name ?? null,
    seed: options.seed,
    simulatedSeconds: findings.simulatedSeconds,
    wallSeconds: findings.wallSeconds,
    wakes: findings.wakes,
    truth: findings.truth,
    register: findings.register,
    headEnd: {
      forwardPulses: readings?.latest?.forwardPulses ?? 0,
      reversePulses: readings?.latest?.reversePulses ?? 0,
      intervals: headEnd.intervals,
      missingIntervals: headEnd.missingIntervals(findings.completeFromEpochSeconds ?? endEpoch, endEpoch),
      duplicateIntervals: headEnd.duplicateIntervals,
    },
    uplink: {
      reports: headEnd.reports,
      datagramsUp,
      datagramsDown,
      bytesUp,
      bytesDown,
      retransmissions: findings.retransmissions,
      contactChanges: findings.contactChanges,
    },
    energy: energyOf(findings),
    awakeSeconds: round(last?.awakeSeconds ?? 0, 1),
    resets: last?.resets ?? 0,
    modemResets: last?.modemResets ?? 0,
    died: findings.diedSeconds ?? null,
    flash: findings.flash.counters,
    traceHash: findings.traceHash,
  };
}

function energyOf({ battery, book, simulatedSeconds }: RunFindings): EnergyReport {
  const { consumedMilliampereHours, selfDischargedMilliampereHours, remainingFraction, loadTotals } = battery;
  const ledger = loadTotals.map(({ name, milliampereHours }) => [name, milliampereHours] as const);
  const micro = [...ledger, ["self-discharge", selfDischargedMilliampereHours] as const].map(
    ([name, milliampereHours]) => [name, Math.round(milliampereHours * 1000)],
  );
  return {
    chargeMilliampereHours: round(consumedMilliampereHours + selfDischargedMilliampereHours, 3),
    batteryYears: round(
      settledBatteryYears(book.midnights) ?? simulatedSeconds / yearSeconds / (1 - remainingFraction),
      2,
    ),
    ledgerMicroampereHours: Object.fromEntries(micro) as Record<string, number>,
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
