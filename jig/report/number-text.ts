/** A measured number with as many digits as say something: five. */
export function numberText(value: number): string {
  if (value !== 0 && (Math.abs(value) >= 1e7 || Math.abs(value) < 1e-4)) return value.toExponential(3);
  return String(Number(value.toPrecision(5))).replace("-", "−");
}

export function percentText(share: number | null): string {
  return share === null ? "–" : `${(share * 100).toFixed(1)} %`;
}

export function indexText(index: number | null): string {
  return index === null ? "–" : index.toFixed(2).replace("-", "−");
}

/** Date and time of UTC, to the minute. */
export function minuteText(epochMilliseconds: number | null): string {
  return epochMilliseconds === null
    ? "–"
    : new Date(epochMilliseconds).toISOString().slice(0, 16).replace("T", " ");
}

/** "1 unit", "2 units". */
export function countWithNoun(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
