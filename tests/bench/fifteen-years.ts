/**
 * A meter's whole life: 15 years at 300 m3 a year with 1 L pulses, on Node. Prints how often the most worn sector of
 * each partition was erased, which must be at most 1,000 times, with wall time and memory; exit code 1 when one was
 * erased more often or a checker found a difference. `node dist/tests/bench/fifteen-years.js`, or with `--years 1`.
 */
import { water } from "../../firmware/products/water.js";
import { createHousehold } from "../../sim/world/demand/household.js";
import { NodeEngine } from "../../sim/engines/node/node-engine.js";
import { Random } from "../../sim/kernel/random.js";
import { Simulation } from "../../sim/run/simulation.js";
import { benchmark, count } from "./command-line.js";

const mostErases = 1000;
const startEpochSeconds = 1_767_225_600;
const yearDays = 365.25;
/** The household model draws a little more than 40 m3 a year for each of them: together, 300 m3 and some. */
const persons = 7;

const { years } = benchmark(
  "bench:wear",
  "A meter's whole life on Node. Ends with 1 when a sector was erased more than 1,000 times, or a count is wrong.",
)
  .option("--years <number>", "so many years", count, 15)
  .parse()
  .opts<{ years: number }>();

const simulation = new Simulation(
  {
    product: water,
    engine: (call) => new NodeEngine(call),
    seed: 1,
    startEpochSeconds,
    durationSeconds: Math.round(years * yearDays) * 86_400,
    pulses: createHousehold({ random: new Random(1).fork("demand"), startEpochSeconds, persons }),
  },
  () => performance.now(),
);
const { report, differences } = await simulation.run();

const cubicMetresPerYear = report.truth.forwardPulses / 1000 / years;
console.log(`${years} years at ${cubicMetresPerYear.toFixed(0)} m3 a year, 1 L pulses\n`);
console.log("partition     sectors   worst erases   programs");
let worst = 0;
for (const { label, flash } of simulation.meter.flash.partitions) {
  const { erasesBySector, programs } = flash.counters;
  const erases = Math.max(...erasesBySector);
  worst = Math.max(worst, erases);
  const cells = [String(erasesBySector.length), String(erases), String(programs)];
  console.log(label.padEnd(10) + cells.map((cell, index) => cell.padStart(index === 0 ? 11 : 14)).join(" "));
}
console.log(`\nmost worn sector: ${worst} erases of ${mostErases} allowed in 15 years`);
console.log(`pulses: ${report.truth.forwardPulses} flowed, ${report.register.forwardPulses} in the register`);
console.log(`differences from the truth: ${differences.length}`);
for (const { checker, message } of differences) console.log(`  ${checker}: ${message}`);
console.log(`wall time: ${report.wallSeconds.toFixed(0)} s, ${report.wakes} wakes`);
console.log(`peak memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
if (worst > mostErases || differences.length > 0) process.exitCode = 1;
