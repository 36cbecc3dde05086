import { expect, it } from "@jest/globals";
import { type Architecture, inspectDecoder, measureDecoder } from "../../bench/decoder/measure.js";
import { describeOnRv32 } from "../../on-rv32.js";

/** At 16 MHz, an LP core's clock, 10 us of every 5 ms. */
const mostPollInstructions = 160;
/** A wake stub pays that once a wake. */
const mostAdvanceInstructions = 800;

describeOnRv32("the pulse decoder on RV32", () => {
  it.each<[Architecture, "-O2" | "-Os"]>([
    ["rv32imc", "-O2"],
    ["rv32imc", "-Os"],
    ["rv32imac", "-O2"],
    ["rv32imac", "-Os"],
  ])("compiles for %s with %s without a warning, into code alone that calls nothing", async (...target) => {
    const { textByteLength, dataByteLength, undefinedSymbols } = await inspectDecoder(...target);
    expect(textByteLength).toBeGreaterThan(0);
    expect(dataByteLength).toBe(0);
    expect(undefinedSymbols).toEqual([]);
  });

  it("neither divides nor multiplies nor knows floating point", async () => {
    const { mnemonics } = await inspectDecoder("rv32imac", "-O2");
    expect(mnemonics.size).toBeGreaterThan(10);
    expect([...mnemonics].filter((name) => /^(c\.)?(div|rem|mul|f[a-z]+\.[sd])/.test(name))).toEqual([]);
  });

  it(`takes at most ${mostPollInstructions} instructions a poll, in whatever state`, async () => {
    const cost = await measureDecoder("-O2");
    expect(cost.idlePoll).toBeLessThan(cost.worstPoll);
    expect(cost.worstPoll).toBeLessThanOrEqual(mostPollInstructions);
    expect(cost.worstAdvance).toBeLessThanOrEqual(mostAdvanceInstructions);
  }, 300_000);
});
