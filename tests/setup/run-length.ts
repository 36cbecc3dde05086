/**
 * How many times as many random draws a test makes as it does for every change, which are the same each time. Set by
 * `npm run nightly`.
 */
export const lengthFactor = Number(process.env["TALLY_LENGTH_FACTOR"] ?? 1);
