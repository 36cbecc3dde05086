import type { Clock } from "../../../hal/clock.js";
import type { Power, WakeCause } from "../../../hal/power.js";
import type { PulseSample } from "../../../drivers/pulse-counter/pulse-counter.js";
import { type BasePulses, PowerPeriod } from "../retained/power-period.js";
import type { SliceSource } from "../retained/slice.js";
import type { Journal } from "./journal.js";
import type { MeterRecord } from "./meter-record.js";
import { Register } from "./register.js";

/** The first start after power came has stored its first record long before this. */
const freshMilliseconds = 60_000;

/** What a start has to know of the chip. */
export interface RecoverySource {
  readonly clock: Clock;
  readonly power: Pick<Power, "wakeCause">;
  readonly retained: SliceSource;
}

/** The register at a start: what the journal says, and what was counted since. Every start is a recovery. */
export function recoverRegister(
  { clock, power, retained }: RecoverySource,
  journal: Journal,
  newest: MeterRecord | undefined,
  sample: PulseSample,
): Register {
  const period = new PowerPeriod(retained);
  const isNew = isNewPeriod(power.wakeCause, period, clock);
  if (isNew || !period.isKnown) {
    // Until the first record of a new power period is stored, its sequence number tells the next start that
    // the counters still have to be taken whole. Where power stayed on, every record is of this period.
    period.begin(isNew ? journal.nextSequence : 0, isNew ? pulsesOf(newest) : undefined);
    retained.save();
  }
  const isOfThisPeriod = newest !== undefined && newest.sequence >= period.firstSequence;
  const register = isOfThisPeriod
    ? Register.afterRecord(newest, sample)
    : Register.afterPowerLoss(period.basePulses ?? newest);
  register.advance(sample);
  return register;
}

/**
 * True when the low-power domain has just got its power. A reset whose retained memory is damaged does not
 * know: soon after the clock began at 0, power has come and nothing was stored yet; later, it is only damaged.
 */
function isNewPeriod(wakeCause: WakeCause, period: PowerPeriod, clock: Clock): boolean {
  if (wakeCause === "power-on") return true;
  const isReset = wakeCause === "brown-out" || wakeCause === "watchdog" || wakeCause === "software";
  return isReset && !period.isKnown && clock.ticks < freshMilliseconds;
}

function pulsesOf(record: MeterRecord | undefined): BasePulses {
  return { forwardPulses: record?.forwardPulses ?? 0, reversePulses: record?.reversePulses ?? 0 };
}
