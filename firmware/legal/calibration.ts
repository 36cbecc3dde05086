/** What turns pulses into volume, as it was last adjusted. */
export interface Calibration {
  /** Counts the adjustments: 1 to 255. */
  readonly epoch: number;
  readonly pulseWeightMillilitres: number;
}

/** The one byte that a record of the register has for it. */
export const mostCalibrations = 255;

/** The calibration after `present`, under the next epoch; undefined when a meter has had all that there are. */
export function nextCalibration(
  present: Calibration | undefined,
  pulseWeightMillilitres: number,
): Calibration | undefined {
  const epoch = (present?.epoch ?? 0) + 1;
  return epoch > mostCalibrations ? undefined : { epoch, pulseWeightMillilitres };
}

const millilitresPerCubicMetre = 1e6;

/** The volume that so many pulses stand for, in m3. */
export function cubicMetresOf(pulses: number, pulseWeightMillilitres: number): number {
  return (pulses * pulseWeightMillilitres) / millilitresPerCubicMetre;
}
