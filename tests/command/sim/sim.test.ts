import { describe, expect, it } from "@jest/globals";

import type { RunReport } from "../../../sim/run/run-result.js";
import { Bench, evenTrace, writeTrace } from "../bench.js";

describe("tally sim --json", () => {
  it("prints one object and nothing else, its members in the documented order", async () => {
    const bench = new Bench();
    expect(await bench.run("sim --engine node --days 1 --json")).toBe(0);
    expect(bench.errors.text).toBe("");
    expect(bench.output.lines).toHaveLength(1);
    const report = JSON.parse(bench.output.text) as RunReport;
    expect(Object.keys(report)).toEqual([
      "product",
      "engine",
      "board",
      "seed",
      "simulatedSeconds",
      "wallSeconds",
      "wakes",
      "truth",
      "register",
      "headEnd",
      "uplink",
      "energy",
      "awakeSeconds",
      "resets",
      "modemResets",
      "died",
      "flash",
      "traceHash",
    ]);
    expect(Object.keys(report.truth)).toEqual(["forwardPulses", "reversePulses"]);
    expect(Object.keys(report.register)).toEqual(["forwardPulses", "reversePulses"]);
    expect(Object.keys(report.headEnd)).toEqual([
      "forwardPulses",
      "reversePulses",
      "intervals",
      "missingIntervals",
      "duplicateIntervals",
    ]);
    expect(Object.keys(report.uplink)).toEqual([
      "reports",
      "datagramsUp",
      "datagramsDown",
      "bytesUp",
      "bytesDown",
      "retransmissions",
      "contactChanges",
    ]);
    expect(Object.keys(report.flash)).toEqual(["programs", "erases", "maxSectorErases"]);
    expect(report).toMatchObject({ product: "water", engine: "node", seed: 1 });
    expect(report.truth.forwardPulses).toBeGreaterThan(100);
    expect(report.headEnd.forwardPulses).toBe(report.truth.forwardPulses);
  });

  it("gives the same trace for the same seed and another for another", async () => {
    const hashOf = async (seed: number): Promise<string> => {
      const bench = new Bench();
      await bench.run(`sim --engine node --days 0.5 --seed ${seed} --json`);
      return (JSON.parse(bench.output.text) as RunReport).traceHash;
    };
    expect(await hashOf(7)).toBe(await hashOf(7));
    expect(await hashOf(7)).not.toBe(await hashOf(8));
  });

  it("tells what the battery gave, to whom, and that outages cost some", async () => {
    const energyOf = async (outage: string): Promise<RunReport["energy"]> => {
      const bench = new Bench();
      expect(await bench.run(`sim --engine node --days 6 ${outage} --json`)).toBe(0);
      const { energy, died } = JSON.parse(bench.output.text) as RunReport;
      expect(died).toBeNull();
      return energy;
    };
    const usual = await energyOf("");
    const sum = Object.values(usual.ledgerMicroampereHours).reduce((total, each) => total + each, 0);
    expect(sum / 1000).toBeCloseTo(usual.chargeMilliampereHours, 2);
    expect(usual.batteryYears).toBeGreaterThan(15);
    const out = await energyOf("--outage 1..2 --outage 3..5");
    expect(out.ledgerMicroampereHours["modem"]).toBeGreaterThan(
      2 * (usual.ledgerMicroampereHours["modem"] ?? NaN),
    );
  });

  it("tells how long the processor was awake, and what was reset", async () => {
    const reportOf = async (options: string): Promise<RunReport> => {
      const bench = new Bench();
      await bench.run(`sim --engine node --days 3 ${options} --json`);
      return JSON.parse(bench.output.text) as RunReport;
    };
    const usual = await reportOf("");
    expect(usual).toMatchObject({ resets: 0, modemResets: 0 });
    // Its share of the charge, at the 24 mA that the processor draws.
    const { processor = NaN } = usual.energy.ledgerMicroampereHours;
    expect(usual.awakeSeconds).toBeGreaterThan(120);
    expect(processor / usual.awakeSeconds).toBeCloseTo(24_000 / 3600, 1);
    const without = await reportOf("--network no-sim@0");
    expect(without.modemResets).toBeGreaterThan(3);
  });

  it("uses the meter's own settings", async () => {
    const bench = new Bench();
    await bench.run("sim --engine node --days 1 --set intervalSeconds=900 checkpoint-pulses=5 --json");
    const { intervals } = (JSON.parse(bench.output.text) as RunReport).headEnd;
    // The first may begin before the first contact has told the date.
    expect([95, 96]).toContain(intervals);
  });
});

describe("tally sim at Ctrl-C", () => {
  it("sums up what ran, a line below the days, and ends with 130", async () => {
    const bench = new Bench();
    bench.output.onText = (text) => {
      if (text.startsWith("2026-01-03")) bench.interruption.abort();
    };
    expect(await bench.run("sim --engine node --days 30")).toBe(130);
    expect(bench.output.text).toMatch(/\n2026-01-03 .*\n(2026-01-\d\d .*\n)*\n[\d.]+ days of a water meter/);
    expect(bench.output.text).toContain("stopped before its end");
    expect(bench.output.text).toMatch(/\nintervals +\d+, 0 missing, 0 duplicate\n/);
    expect(bench.errors.text).toBe("");
  });

  it("prints no object that a program could take for the result", async () => {
    const bench = new Bench();
    bench.clock.stepMilliseconds = 1;
    bench.interruption.abort();
    expect(await bench.run("sim --engine node --days 30 --json")).toBe(130);
    expect(bench.output.text).toBe("");
  });
});

describe("tally sim without a terminal", () => {
  it("prints a line a day and a summary", async () => {
    const bench = new Bench();
    expect(await bench.run("sim --engine node --days 2")).toBe(0);
    const [header, first, second, blank, headline] = bench.output.lines;
    expect(header).toMatch(/^day +index m3 +litres +reports +battery V$/);
    expect(first).toMatch(/^2026-01-01 +0\.\d{3} +\d+ +1 +3\.\d{3}$/);
    expect(second).toMatch(/^2026-01-02 +\d\.\d{3} +\d+ +1 +3\.\d{3}$/);
    expect(blank).toBe("");
    expect(headline).toBe("2 days of a water meter, from 2026-01-01T00:00:00Z");
    expect(bench.output.text).toMatch(/\n✔ all [\d,]+ pulses accounted for\n/);
    expect(bench.output.text).not.toContain("\u001B");
  });

  it("the litres of the days add up to the index", async () => {
    const bench = new Bench();
    await bench.run("sim --engine node --days 1.5");
    const days = bench.output.lines.slice(1, 3).map((line) => line.trim().split(/ +/));
    const litres = days.map(([, , text]) => Number(text));
    expect((litres[0] ?? 0) + (litres[1] ?? 0)).toBe(Number(days[1]?.[1]) * 1000);
  });

  it("prints a line a month for runs of more than 40 days", async () => {
    const bench = new Bench();
    const path = writeTrace(evenTrace(41 * 144, 0));
    expect(await bench.run(`sim --engine node --trace ${path}`)).toBe(0);
    expect(bench.output.lines.slice(0, 4).map((line) => line.slice(0, 10).trimEnd())).toEqual([
      "month",
      "2026-03",
      "2026-04",
      "",
    ]);
  });

  it("prints the same lines in a terminal that can't redraw", async () => {
    const bench = new Bench();
    bench.output.isTTY = true;
    bench.canRedraw = false;
    await bench.run("sim --engine node --days 1");
    expect(bench.output.text).toMatch(/^day +index m3/);
    expect(bench.output.text).not.toContain("\u001B");
  });
});

describe("tally sim --trace", () => {
  it("runs for as long as the trace", async () => {
    const bench = new Bench();
    const path = writeTrace(evenTrace(72, 5));
    expect(await bench.run(`sim --engine node --trace ${path} --json`)).toBe(0);
    expect(bench.errors.text).toBe("");
    const report = JSON.parse(bench.output.text) as RunReport;
    expect(report.truth.forwardPulses).toBe(360);
    expect(report.headEnd.forwardPulses).toBe(360);
  });

  it("is read as the options say", async () => {
    const bench = new Bench();
    const rows = ["01.03.2026 00:10;1,002", "01.03.2026 00:20;1,004", "01.03.2026 00:30;1,009"];
    const path = writeTrace(["Zeit;Stand;Volume limit (L)", ...rows.map((row) => `${row};9`), ""].join("\n"));
    const reading = "--time-column zeit --column Stand --volume-unit m3 --decimal comma --cumulative";
    expect(await bench.run(`sim --engine node --trace ${path} ${reading} --json`)).toBe(0);
    expect(bench.errors.text).toBe("");
    expect((JSON.parse(bench.output.text) as RunReport).register.forwardPulses).toBe(7);
  });

  it("stops being read at Ctrl-C", async () => {
    const bench = new Bench();
    bench.interruption.abort();
    expect(await bench.run(`sim --engine node --trace ${writeTrace(evenTrace(30_000, 0))}`)).toBe(130);
    expect(bench.output.text).toBe("");
  });

  it("is cut to its first days by --days", async () => {
    const bench = new Bench();
    const path = writeTrace(evenTrace(72, 5));
    expect(await bench.run(`sim --engine node --trace ${path} --days 0.25 --json`)).toBe(0);
    expect((JSON.parse(bench.output.text) as RunReport).truth.forwardPulses).toBe(180);
  });

  it("warns when it is shorter than --days", async () => {
    const bench = new Bench();
    const path = writeTrace(evenTrace(72, 5));
    expect(await bench.run(`sim --engine node --trace ${path} --days 3 --json`)).toBe(0);
    expect(bench.errors.lines).toEqual([`warning: ${path} ends after 0.5 days, and so does the run`]);
  });

  it("warns of each gap, up to ten of them", async () => {
    const bench = new Bench();
    const rows = evenTrace(144, 1).split("\n");
    const withGaps = rows.filter((_row, index) => index < 10 || index % 10 !== 0 || index > 130);
    const path = writeTrace(withGaps.join("\n"));
    expect(await bench.run(`sim --engine node --trace ${path} --json`)).toBe(0);
    expect(bench.errors.lines).toHaveLength(11);
    expect(bench.errors.lines[0]).toMatch(/^warning: .*, line 11: 1200 s since the row before/);
    expect(bench.errors.lines[10]).toBe("warning: … and 3 more");
  });
});
