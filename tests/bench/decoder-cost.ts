/**
 * What the pulse decoder costs the core that polls: its size, and the instructions of a poll as counted on an emulated
 * RV32 core. `npm run bench:decoder`. The exit status is 2 when tools are missing.
 */
import { architectures, type Architecture, inspectDecoder, measureDecoder } from "./decoder/measure.js";
import { missingRv32Tools } from "../../sim/engines/rv32/tools.js";
import { benchmark } from "./command-line.js";

benchmark(
  "bench:decoder",
  "What a poll of the contacts costs, counted on an emulated RV32 core. Ends with 2 when tools are missing.",
).parse();
const missing = await missingRv32Tools();
if (missing !== undefined) {
  process.stderr.write(`${missing}\n`);
  process.exitCode = 2;
} else await report();

async function report(): Promise<void> {
  for (const [architecture, cores] of Object.entries(architectures)) {
    for (const optimisation of ["-O2", "-Os"] as const) {
      const { textByteLength } = await inspectDecoder(architecture as Architecture, optimisation);
      const name = `${architecture} ${optimisation}`.padEnd(14);
      console.log(`${name} ${String(textByteLength).padStart(5)} bytes of code    ${cores}`);
    }
  }
  console.log("\ninstructions, call and return included (RV32IMC)      -O2    -Os");
  const [fast, small] = [await measureDecoder("-O2"), await measureDecoder("-Os")];
  const row = (name: string, figure: keyof typeof fast): void => {
    console.log(
      `${name.padEnd(50)} ${String(fast[figure]).padStart(6)} ${String(small[figure]).padStart(6)}`,
    );
  };
  row("poll, contacts open, nothing new", "idlePoll");
  row("poll, both contacts closed, nothing new", "idlePollBothClosed");
  row("poll, at worst", "worstPoll");
  row("catching up after any sleep, at worst", "worstAdvance");
}
