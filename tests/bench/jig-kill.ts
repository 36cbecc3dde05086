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
import { parseArgs } from "node:util";
import { killStation } from "./jig-kill/kill-station.js";

const { values } = parseArgs({
  options: { kills: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});
const [kills, seed] = [Number(values.kills), Number(values.seed)];
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
