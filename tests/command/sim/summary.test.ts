import { describe, expect, it } from "@jest/globals";
import { Chalk } from "chalk";

import { differenceLines, summaryLines, type SummaryFacts } from "../../../command/sim/summary.js";
import type { RunReport } from "../../../sim/run/run-result.js";

const report: RunReport = {
  product: "water",
  engine: "xs",
  board: null,
  seed: 7,
  simulatedSeconds: 31_536_040,
  wallSeconds: 31.536,
  wakes: 25_145,
  truth: { forwardPulses: 186_927, reversePulses: 0 },
  register: { forwardPulses: 186_927, reversePulses: 0 },
  headEnd: {
    forwardPulses: 186_927,
    reversePulses: 0,
    intervals: 8760,
    missingIntervals: 0,
    duplicateIntervals: 0,
  },
  uplink: {
    contactChanges: [],
    reports: 366,
    datagramsUp: 783,
    datagramsDown: 771,
    bytesUp: 92_104,
    bytesDown: 612,
    retransmissions: 1,
  },
  energy: {
    chargeMilliampereHours: 560.2,
    batteryYears: 15.2,
    ledgerMicroampereHours: { sleep: 275_000, "wake stub": 0, modem: 85_000, processor: 200_200 },
  },
  awakeSeconds: 31_000,
  resets: 0,
  modemResets: 2,
  died: null,
  flash: { programs: 34_942, erases: 238, maxSectorErases: 24 },
  traceHash: "ab".repeat(32),
};

const facts: SummaryFacts = {
  demandName: "household of 4",
  pulseWeightMillilitres: 1000,
  startEpochSeconds: Date.UTC(2026, 0, 1) / 1000,
  durationSeconds: 365 * 86_400,
  events: [
    { sequence: 1, event: "power-on", time: null, detail: 0, record: "" },
    { sequence: 2, event: "contact", time: "2026-01-02T03:00:00.000Z", detail: 70, record: "" },
    { sequence: 3, event: "valve-moved", time: "2026-01-31T00:00:05.000Z", detail: 1, record: "" },
  ],
  batteryMillivolts: 3640,
  batteryFraction: 0.966,
  batteryYears: 15.2,
  isStopped: false,
};

const plain = new Chalk({ level: 0 });

describe("the closing summary", () => {
  it("lines the truth up with the register and the head-end and says what it all cost", () => {
    expect(summaryLines({ report, differences: [] }, facts, plain)).toEqual([
      "365 days of a water meter, from 2026-01-01T00:00:00Z",
      "household of 4, xs engine, seed 7",
      "",
      "                      truth    register    head-end",
      "forward pulses      186,927     186,927     186,927",
      "reverse pulses            0           0           0",
      "index m3            186.927     186.927     186.927",
      "",
      "✔ all 186,927 pulses accounted for",
      "",
      "intervals      8,760, 0 missing, 0 duplicate",
      "uplink         366 reports, 1 retransmission",
      "datagrams      783 up (92.1 kB), 771 down (612 B)",
      "events         power-on, before the meter had a date",
      "               valve-moved open, 2026-01-31T00:00:05Z",
      "flash          34,942 programs, 238 erases",
      "worst sector   24 erases, 360 in 15 years at this rate",
      "battery        3.640 V, 96.60 % left, about 15.2 years at this rate",
      "charge         560.2 mAh: sleep 49 %, processor 36 %, modem 15 %",
      "wakes          25,145, awake for 8 h 36 min",
      "resets         0 of the chip, 2 of the modem",
      "speed          365 days, and 40 s for the last report, in 31.5 s, 1,000,000 x real time",
      `trace          ${"ab".repeat(32)}`,
    ]);
  });

  it("tells the days asked for apart from the wait for the last report", () => {
    const beyond = { ...report, simulatedSeconds: facts.durationSeconds + 3 * 3600 };
    expect(summaryLines({ report: beyond, differences: [] }, facts, plain)).toContain(
      "speed          365 days, and 3 h for the last report, in 31.5 s, 1,000,000 x real time",
    );
  });

  it("tells no wait where the run was stopped before its end", () => {
    const beyond = { ...report, simulatedSeconds: facts.durationSeconds + 60 };
    const stopped = { ...facts, isStopped: true };
    expect(summaryLines({ report: beyond, differences: [] }, stopped, plain)).toContain(
      "speed          365 days in 31.5 s, 1,000,000 x real time",
    );
  });

  it("lists the last six events, and says how many were before", () => {
    const events = Array.from({ length: 9 }, (_, index) => ({
      sequence: index + 1,
      event: "time-set",
      time: `2026-01-0${index + 1}T00:00:00.000Z`,
      detail: index,
      record: "",
    }));
    const lines = summaryLines({ report, differences: [] }, { ...facts, events }, plain);
    const first = lines.indexOf("events         3 events before");
    expect(lines.slice(first + 1, first + 7)).toEqual(
      [3, 4, 5, 6, 7, 8].map(
        (index) => `               time-set off by ${index} s, 2026-01-0${index + 1}T00:00:00Z`,
      ),
    );
    expect(lines[first + 7]).toMatch(/^flash/);
  });

  it("says so when nothing flowed", () => {
    const still = { ...report, truth: { forwardPulses: 0, reversePulses: 0 } };
    expect(summaryLines({ report: still, differences: [] }, facts, plain)).toContain(
      "✔ no water flowed, and none was counted",
    );
  });
});

describe("the verdict", () => {
  const at = { message: "it", epochSeconds: undefined };

  it("tells differences from the truth and broken bounds apart", () => {
    const differences = [{ ...at, checker: "register" } as const, { ...at, checker: "bounds" } as const];
    const lines = summaryLines({ report, differences }, facts, plain);
    expect(lines).toContain("✘ 1 difference from the truth");
    expect(lines).toContain("✘ 1 bound of a day broken");
  });

  it("says that all pulses are there where only a bound was broken", () => {
    const lines = summaryLines({ report, differences: [{ ...at, checker: "bounds" }] }, facts, plain);
    expect(lines).toContain("✔ all 186,927 pulses accounted for");
    expect(lines).toContain("✘ 1 bound of a day broken");
  });
});

describe("a difference", () => {
  it("is told with its checker, its moment and the seed", () => {
    const epochSeconds = Date.UTC(2026, 1, 3, 4, 5, 6) / 1000;
    const difference = {
      checker: "head-end",
      message: "forward index is 5, in truth 6",
      epochSeconds,
    } as const;
    expect(differenceLines([difference], 7)).toEqual([
      "the head-end checker, at 2026-02-03T04:05:06Z, seed 7: forward index is 5, in truth 6",
    ]);
  });

  it("may belong to no moment", () => {
    const difference = { checker: "protocol", message: "refused", epochSeconds: undefined } as const;
    expect(differenceLines([difference], 7)).toEqual([
      "the protocol checker, over the whole run, seed 7: refused",
    ]);
  });
});
