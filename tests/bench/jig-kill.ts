/**
 * Pulls the plug of a station (SIGKILL) at random moments: what was shown as stored has to be there, no key may be
 * issued twice, and the next start goes on where the last one stopped. First the whole station with simulated units,
 * then one that does nothing but keep records. `npm run bench:jig-kill`, or with `-- --kills 20 --seed 7`; exit code 1
 * when a promise was broken.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { killStation } from "./jig-kill/kill-station.js";
import { benchmark, count } from "./command-line.js";

const { kills, seed } = benchmark(
  "bench:jig-kill",
  "Pulls the plug of a station at random moments. Ends with 1 when something that was shown as stored is gone.",
)
  .option(
    "--kills <number>",
    "so many times, of a whole station and of one that keeps records only",
    count,
    200,
  )
  .option("--seed <number>", "other moments", count, 1)
  .parse()
  .opts<{ kills: number; seed: number }>();
/** With the longest life in ms, long enough for several units. */
const stations = [
  { title: "whole stations", file: "whole-station.js", longestLifeMilliseconds: 3000 },
  { title: "record-keepers", file: "station.js", longestLifeMilliseconds: 400 },
] as const;

for (const { title, file, longestLifeMilliseconds } of stations) {
  const folder = mkdtempSync(join(tmpdir(), "tally-kill-"));
  const startedAt = performance.now();
  const station = fileURLToPath(new URL(`jig-kill/${file}`, import.meta.url));
  const result = await killStation({
    ...{ kills, seed, folder, station, longestLifeMilliseconds },
    onKill: (kill) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${kill} of ${kills} kills`);
    },
  });
  rmSync(folder, { recursive: true });
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`${kills} ${title} killed, seed ${seed}, ${seconds} s`);
  console.log(`attempts shown as stored: ${result.stored}, closed as aborted: ${result.aborted}`);
  console.log(`keys issued: ${result.keysIssued}; killed while opening: ${result.killedWhileOpening}`);
  console.log(`broken promises: ${result.problems.length}`);
  for (const problem of result.problems) console.log(`  ${problem}`);
  if (result.problems.length > 0) process.exitCode = 1;
}
