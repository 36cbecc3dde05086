import { modularDifference } from "../../../hal/base/modular-difference.js";
import type { Power } from "../../../hal/power.js";
import type { PulseSample } from "../../../drivers/pulse-counter/pulse-counter.js";
import { type BasePulses, PowerPeriod } from "../retained/power-period.js";
import type { KeptRegister, MeteringMemory } from "../retained/metering-memory.js";
import type { SliceSource } from "../retained/slice.js";
import type { Journal } from "./journal.js";
import type { MeterRecord } from "./meter-record.js";
import { Register } from "./register.js";

/** A day at 194 pulses a second, ten times what the fastest sensor gives. */
const mostPulsesBetweenRuns = 0xffffff;

/** What a start has to know of the chip. */
export interface RecoverySource {
  readonly power: Pick<Power, "wakeCause">;
  readonly retained: SliceSource;
}

/**
 * Says that the low-power domain has just got its power, if it has. Before anything else is written: a start that is cut
 * off behind it may be followed by a reset, however much later, and that finds a pulse input which has begun anew.
 */
export function announcePowerPeriod({ power, retained }: RecoverySource): void {
  if (power.wakeCause !== "power-on") return;
  new PowerPeriod(retained).announce();
  retained.save();
}

/** The register at a start: what the journal says, and what was counted since. Every start is a recovery. */
export function recoverRegister(
  { power, retained }: RecoverySource,
  journal: Journal,
  newest: MeterRecord | undefined,
  sample: PulseSample,
  memory: MeteringMemory,
): Register {
  const period = new PowerPeriod(retained);
  const isNew =
    power.wakeCause === "power-on" || period.isAnnounced || (!period.isKnown && isBelow(sample, newest));
  if (isNew || !period.isKnown) {
    // Until the first record of a new power period is stored, its sequence number tells the next start that
    // the counters still have to be taken whole. Where power stayed on, every record is of this period.
    if (isNew) memory.forgetRegister();
    period.begin(isNew ? journal.nextSequence : 0, isNew ? pulsesOf(newest) : undefined);
    retained.save();
  }
  const isOfThisPeriod = newest !== undefined && newest.sequence >= period.firstSequence;
  const register = isOfThisPeriod
    ? Register.afterRecord(newest, sample)
    : Register.afterPowerLoss(period.basePulses ?? newest);
  register.advance(sample);
  // The record tells all of it where a run that could write left it so few pulses ago.
  const hasSlept = power.wakeCause === "timer" || power.wakeCause === "pulses";
  if (hasSlept && !memory.isJournalFailing && memory.isNear(sample.forward, sample.reverse)) return register;
  // A journal that refuses leaves a record behind that tells too little, and so does a start that was cut behind its first
  // record, if many pulses pass before the next one; what was kept must agree with what the record tells.
  const kept = memory.register ?? startOf(period);
  if (!kept || !isNear(sample, kept)) return register;
  const whole = Register.asKept(kept);
  whole.advance(sample);
  return whole.continues(register) ? whole : register;
}

/**
 * True when the pulse input shows less than when the record was made, which is then from before a loss of power. Where
 * retained memory is damaged nothing else tells: a record that could be of this period is taken for one. If it was not,
 * because power came, the memory was damaged and the chip was reset before the period's first record was stored, as many
 * pulses are missing as the input had counted when that record was made; none is counted twice.
 */
function isBelow(sample: PulseSample, record: MeterRecord | undefined): boolean {
  return (
    record !== undefined && (sample.forward < record.inputForward || sample.reverse < record.inputReverse)
  );
}

/** False when the input shows more than passes between two runs: then it has begun anew, or is damaged. */
function isNear(sample: PulseSample, { inputForward, inputReverse }: KeptRegister): boolean {
  return (
    modularDifference(sample.forward, inputForward) <= mostPulsesBetweenRuns &&
    modularDifference(sample.reverse, inputReverse) <= mostPulsesBetweenRuns
  );
}

/** At the start of a power period the pulse input began at 0, with the register that the period began with. */
function startOf({ basePulses }: PowerPeriod): KeptRegister | undefined {
  return basePulses && { ...basePulses, inputForward: 0, inputReverse: 0 };
}

function pulsesOf(record: MeterRecord | undefined): BasePulses {
  return { forwardPulses: record?.forwardPulses ?? 0, reversePulses: record?.reversePulses ?? 0 };
}
