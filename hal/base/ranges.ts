/** @throws {RangeError} that names the value and its range, unless it is an integer from `lowest` to `highest`. */
export function requireRange(value: number, lowest: number, highest: number, name: string): void {
  if (!Number.isInteger(value) || value < lowest || value > highest)
    throw new RangeError(`${name} must be an integer from ${lowest} to ${highest}`);
}
