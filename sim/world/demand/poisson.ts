import type { Random } from "../../kernel/random.js";

/** D. E. Knuth, The Art of Computer Programming, volume 2, section 3.4.1, algorithm Q: fine for small means. */
export function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}
