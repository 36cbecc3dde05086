import type { Random } from "../kernel/random.js";
import type { Range } from "../world/network/network-conditions.js";

/** Even over the range. */
export function uniform(random: Random, { low, high }: Range): number {
  return random.uniform(low, high);
}

/** Even over the orders of magnitude: 1 to 10 is as likely as 10 to 100. */
export function logUniform(random: Random, { low, high }: Range): number {
  return low * (high / low) ** random.next();
}
