import { describe, expect, it } from "@jest/globals";

import type { RunReport } from "../../../sim/run/run-result.js";
import { Bench } from "../bench.js";

const hideCursor = "\u001B[?25l";
const showCursor = "\u001B[?25h";

function terminalBench(): Bench {
  const bench = new Bench();
  bench.output.isTTY = true;
  // So slow a host redraws after some hundred events.
  bench.clock.stepMilliseconds = 0.25;
  return bench;
}

describe("the live view", () => {
  it("shows the meter and then the summary", async () => {
    const bench = terminalBench();
    expect(await bench.run("sim --engine node --days 1")).toBe(0);
    expect(bench.output.text).toContain("Tally · water meter 10000001");
    expect(bench.output.text).toMatch(/radio +asleep \(PSM\)/);
    expect(bench.output.text).toMatch(/✔ all \d+ pulses accounted for\n/);
  });

  it("leaves the table of days on the terminal, the same as without one", async () => {
    const bench = terminalBench();
    await bench.run("sim --engine node --days 3");
    const unwatched = new Bench();
    await unwatched.run("sim --engine node --days 3");
    const table = unwatched.output.text.slice(0, unwatched.output.text.indexOf("\n\n") + 2);
    expect(table).toMatch(/^day +index m3[^\n]*\n(2026-01-0\d [^\n]*\n){3}\n$/);
    expect(bench.output.text).toContain(`${showCursor}${table}3 days of a water meter`);
  });

  it("hides the cursor while it draws and gives it back", async () => {
    const bench = terminalBench();
    await bench.run("sim --engine node --days 0.5");
    const { text } = bench.output;
    expect(text.startsWith(hideCursor)).toBe(true);
    expect(text.lastIndexOf(showCursor)).toBeGreaterThan(text.lastIndexOf("━"));
  });

  it("ends at Ctrl-C with exit code 130, the cursor given back, a summary of what ran and no complaint", async () => {
    const bench = terminalBench();
    bench.output.onText = (text) => {
      if (text.includes("━")) bench.interruption.abort();
    };
    expect(await bench.run("sim --engine node --days 365")).toBe(130);
    const summary = bench.output.text.slice(bench.output.text.lastIndexOf(showCursor));
    expect(summary).toMatch(/\n[\d.]+ days? of a water meter, from 2026-01-01T00:00:00Z\n/);
    expect(summary).toContain("stopped before its end: no difference so far, the last pulses not compared");
    expect(summary).toMatch(/\nforward pulses +\d+ +\d+ +\d+\n/);
    expect(bench.errors.text).toBe("");
  });

  it("is not shown with --json", async () => {
    const bench = terminalBench();
    await bench.run("sim --engine node --days 0.1 --json");
    expect(() => JSON.parse(bench.output.text) as unknown).not.toThrow();
  });

  it("does not touch what it shows: the trace is the same as without it", async () => {
    const watched = terminalBench();
    await watched.run("sim --engine node --days 1");
    const unwatched = new Bench();
    await unwatched.run("sim --engine node --days 1 --json");
    const { traceHash } = JSON.parse(unwatched.output.text) as RunReport;
    expect(watched.output.text).toContain(traceHash);
  });

  it("erases what a terminal that became narrower has wrapped", async () => {
    const bench = terminalBench();
    let isFirst = true;
    bench.output.onText = (text) => {
      if (!isFirst || !text.includes("━")) return;
      isFirst = false;
      bench.output.columns = 50;
      bench.output.text = "";
    };
    await bench.run("sim --engine node --days 0.5");
    // 14 lines, of which the two rules, the title, the date and two others take two.
    const sequences = bench.output.text.split("\u001B[");
    const up = sequences.find((text, index) => text.endsWith("A") && sequences[index + 1]?.startsWith("J"));
    expect(parseInt(up ?? "")).toBeGreaterThanOrEqual(14 + 6);
    const lines = bench.output.text.split("\n").filter((line) => line.includes("─"));
    expect(lines[0]).toMatch(/^─{49}$/);
  });
});

describe("a speed", () => {
  it("holds the run back to so many times real time", async () => {
    const bench = terminalBench();
    await bench.run("sim --engine node --days 0.01 --speed 100");
    // 864 s, and the closing report after them.
    expect(bench.clock.milliseconds).toBeGreaterThan(8640);
    expect(bench.clock.milliseconds).toBeLessThan(12_000);
  });

  it("lets the view go on between two events", async () => {
    const bench = terminalBench();
    const seconds = new Set<string>();
    bench.output.onText = (text) => {
      for (const [time] of text.matchAll(/00:\d\d:\d\d UTC/g)) seconds.add(time);
    };
    await bench.run("sim --engine node --days 0.01 --speed 10");
    expect(seconds.size).toBeGreaterThan(800);
  });

  it("does not change the run", async () => {
    const hashes: string[] = [];
    for (const speed of ["max", "500"]) {
      const bench = new Bench();
      await bench.run(`sim --engine node --days 0.05 --speed ${speed} --json`);
      hashes.push((JSON.parse(bench.output.text) as RunReport).traceHash);
    }
    expect(hashes[1]).toBe(hashes[0]);
  });
});
