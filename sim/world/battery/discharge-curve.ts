interface CurvePoint {
  /** Remaining part of the rated capacity. */
  readonly fraction: number;
  readonly millivolts: number;
}

/**
 * A lithium thionyl chloride cell at room temperature and small load: flat at 3.6 V, then a knee. Data sheets
 * rate the capacity down to 2,000 mV, so that is where the curve ends. Highest fraction first.
 */
const curve: readonly CurvePoint[] = Object.freeze([
  { fraction: 1, millivolts: 3650 },
  { fraction: 0.9, millivolts: 3620 },
  { fraction: 0.12, millivolts: 3580 },
  { fraction: 0.05, millivolts: 3350 },
  { fraction: 0.02, millivolts: 2900 },
  { fraction: 0, millivolts: 2000 },
]);

/** Voltage of the unloaded cell in millivolts; 0 once it is exhausted. */
export function unloadedMillivolts(fraction: number): number {
  if (fraction <= 0) return 0;
  const [above, below] = segment((point) => point.fraction < fraction);
  const share = (fraction - below.fraction) / (above.fraction - below.fraction);
  return below.millivolts + share * (above.millivolts - below.millivolts);
}

/** The remaining fraction at which the unloaded cell has that voltage: 0 where it never falls so low, 1 where it is never so high. */
export function fractionAt(millivolts: number): number {
  const [above, below] = segment((point) => point.millivolts < millivolts);
  const share = (millivolts - below.millivolts) / (above.millivolts - below.millivolts);
  return below.fraction + Math.min(1, Math.max(0, share)) * (above.fraction - below.fraction);
}

/** The two neighbours on the curve of which the second is the first point that `isBelow`, or the last point. */
function segment(isBelow: (point: CurvePoint) => boolean): readonly [CurvePoint, CurvePoint] {
  const found = curve.findIndex(isBelow);
  const index = found < 0 ? curve.length - 1 : Math.max(1, found);
  return [curve[index - 1] as CurvePoint, curve[index] as CurvePoint];
}
