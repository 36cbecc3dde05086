import { describe, expect, it } from "@jest/globals";

import { LegalSourceError } from "../../../sim/run/legal-checksum.js";
import { Bench, evenTrace, writeTrace } from "../bench.js";

/** Command line, and what the line on standard error has to say. */
const refused: readonly (readonly [string, RegExp])[] = [
  ["sim --engine v8", /unknown engine "v8"; known: xs, node, rv32, chip$/],
  ["sim --product oil", /unknown product "oil"; known: water, gas(, |$)/],
  ["sim --demand car-wash", /unknown demand "car-wash"; known: household$/],
  ["sim --days 0", /--days takes a number from 0\.01 to 36525, not "0"$/],
  ["sim --days 36526", /--days takes a number from 0\.01 to 36525, not "36526"$/],
  ["sim --days -3", /--days takes a number from 0\.01 to 36525, not "-3"$/],
  ["sim --days three", /--days takes a number from 0\.01 to 36525, not "three"$/],
  ["sim --outage 5..3", /--outage takes two days, the first before the second, as in 3\.\.5, not "5\.\.3"$/],
  ["sim --outage 3", /--outage takes two days/],
  ["sim --outage 1..2..3", /--outage takes two days/],
  ["sim --outage -1..2", /--outage takes two days|unknown option/],
  ["sim --network fog", /--network takes no-time, utc-clock, dead-bearer@DAY, .*, not "fog"$/],
  ["sim --network no-time=3", /--network takes no-time, .*, not "no-time=3"$/],
  ["sim --network no-sim", /--network takes no-time, .*, not "no-sim"$/],
  ["sim --network no-sim@soon", /--network no-sim takes a day from 0 to 36525 behind @, not "soon"$/],
  ["sim --network no-sim@1 --network no-sim@2", /--network no-sim is given twice$/],
  [
    "sim --days 3 --outage 100..200",
    /--outage 100\.\.200: the run ends after 3 days; name an earlier day, or give more --days$/,
  ],
  ["sim --outage 1..2 --outage 30..31", /--outage 30\.\.31: the run ends after 30 days; /],
  [
    "sim --days 3 --network no-sim@3",
    /--network no-sim@3: the run ends after 3 days; name an earlier day, or give more --days$/,
  ],
  ["sim --days 3 --network dead-bearer@1 --network dead-bearer@9", /--network dead-bearer@9: the run ends/],
  ["sim --network reject=0", /--network reject takes an EMM cause from 1 to 255, not "0"$/],
  ["sim --network t3324=7", /--network t3324 takes seconds that the timer can be set to: .*, not "7"$/],
  ["sim --seed 1.5", /--seed takes a whole number from 0 to 2147483647, not "1\.5"$/],
  ["sim --seed -1", /--seed takes a whole number from 0 to 2147483647, not "-1"$/],
  ["sim --seed 2147483648", /--seed takes a whole number from 0 to 2147483647/],
  ["sim --persons 51", /--persons takes a whole number from 1 to 50, not "51"$/],
  ["sim --speed fast", /--speed takes max, real or a number from 0\.001 to 1000000000, not "fast"$/],
  ["sim --speed 0", /--speed takes max, real or a number from 0\.001 to 1000000000, not "0"$/],
  ["sim --set intervalSeconds", /--set takes name=value with a number, not "intervalSeconds"$/],
  ["sim --set intervalSeconds=soon", /--set takes name=value with a number, not "intervalSeconds=soon"$/],
  ["sim --set intervalSeconds=5", /interval-seconds must be a whole number from 900 to 3600, not 5$/],
  [
    "sim --set interval-seconds=1000",
    /interval-seconds must be from 900 to 3600 and divide 86400, which 1000 does not$/,
  ],
  ["sim --set colour=5", /a water meter has no setting colour; `tally settings --product water` lists them$/],
  [
    "sim --product gas --set valveExerciseDays=7",
    /a gas meter has no setting valveExerciseDays; `tally settings --product gas` lists them$/,
  ],
  [
    "sim --product gas --set pulseWeightMillilitres=80",
    /pulse-weight-millilitres must be at least 84 for a household/,
  ],
  ["sim --set pulseWeightMillilitres=1", /pulse-weight-millilitres must be at least 44 for a household/],
  ["sim --trace a.csv --demand household", /--trace <file> can't go with --demand <name>$/],
  ["sim --trace a.csv --persons 2", /--trace <file> can't go with --persons <number>$/],
  [
    "sim --event-log /nowhere/log.json",
    /--event-log \/nowhere\/log\.json: there is no folder \/nowhere; make it first$/,
  ],
  [
    "sim --readings /nowhere/a.csv",
    /--readings \/nowhere\/a\.csv: there is no folder \/nowhere; make it first$/,
  ],
  ["sim --html /nowhere/a.html", /--html \/nowhere\/a\.html: there is no folder \/nowhere; make it first$/],
  [
    "sim --readings /tmp/a --event-log /tmp/./a",
    /--event-log and --readings can't be the same file, \/tmp\/a$/,
  ],
  [
    "sim --trace package.json --readings package.json",
    /--trace and --readings can't be the same file, package.json$/,
  ],
  ["sim --event-log /tmp", /--event-log \/tmp: is a folder; name a file$/],
  [
    "sim --days 16068",
    /--days must be at most 16067: a meter's clock goes to 2069-12-28T00:00:00Z, for its modem tells years in two digits$/,
  ],
  ["sim --column Volume", /--column says how a trace is to be read; give one with --trace$/],
  ["sim --cumulative --days 3", /--cumulative says how a trace is to be read; give one with --trace$/],
  [
    "sim --trace a.csv --cumulative perhaps",
    /unknown way of --cumulative "perhaps"; known: yes, no, new-meter$/,
  ],
  [
    "sim --trace a.csv --time-unit weeks",
    /unknown time unit "weeks"; known: s, ms, us, min, h, days, excel$/,
  ],
  [
    "sim --trace a.csv --date-order ydm",
    /unknown date order "ydm" \(Did you mean ymd\?\); known: ymd, dmy, mdy$/,
  ],
  ["sim --trace a.csv --decimal dot", /unknown decimal sign "dot"; known: point, comma$/],
  [
    "sim --trace a.csv --volume-unit ML",
    /--volume-unit takes pulses or one of .*, not "ML" \(mL or megalitres\?\)$/,
  ],
  ["sim --trace /nowhere/a.csv", /\/nowhere\/a\.csv: there is no such file; check the path$/],
];

describe("bad usage and input", () => {
  it.each(refused)("%s is refused in one line with exit code 2", async (commandLine, message) => {
    const bench = new Bench();
    expect(await bench.run(commandLine)).toBe(2);
    expect(bench.errors.lines).toHaveLength(1);
    expect(bench.errors.lines[0]).toMatch(/^error: /);
    expect(bench.errors.lines[0]).toMatch(message);
    expect(bench.output.text).toBe("");
  });

  it("a faulty row of a trace is named by its line", async () => {
    const bench = new Bench();
    const path = writeTrace(evenTrace(5, 3).replace("T00:30:00.000Z,3", "T00:30:00.000Z,-3"));
    expect(await bench.run(`sim --engine node --trace ${path}`)).toBe(2);
    expect(bench.errors.lines).toHaveLength(1);
    expect(bench.errors.text).toContain(`${path}, line 4: `);
  });

  it.each(["", "--days 5"])("a day beyond a trace's end is refused, with %j", async (days) => {
    const bench = new Bench();
    const path = writeTrace(evenTrace(144, 3));
    expect(await bench.run(`sim --engine node --trace ${path} ${days} --network no-sim@1`)).toBe(2);
    expect(bench.errors.lines).toEqual([
      "error: --network no-sim@1: the run ends after 1 day, with its trace; name an earlier day",
    ]);
  });

  it("a day beyond a part of a trace is refused with the option that makes the part longer", async () => {
    const bench = new Bench();
    const path = writeTrace(evenTrace(144, 3));
    expect(await bench.run(`sim --engine node --trace ${path} --days 0.5 --network no-sim@0.7`)).toBe(2);
    expect(bench.errors.text).toMatch(
      /the run ends after 0\.5 days; name an earlier day, or give more --days$/m,
    );
  });

  it("a checkout whose legal sources can't be counted is told in one line with exit code 2", async () => {
    const bench = new Bench();
    const asksForChecksum = (): never => {
      throw new LegalSourceError("hal/base/bytes.ts~ is no source: remove it");
    };
    expect(await bench.run("sim --engine node --days 1", asksForChecksum)).toBe(2);
    expect(bench.errors.lines).toEqual(["error: hal/base/bytes.ts~ is no source: remove it"]);
  });

  it("a missing C compiler is told in one line that knows a way out", async () => {
    const bench = new Bench();
    const compiler = process.env["CC"];
    process.env["CC"] = "/nowhere/cc";
    try {
      expect(await bench.run("sim --engine xs --days 1")).toBe(2);
    } finally {
      if (compiler === undefined) delete process.env["CC"];
      else process.env["CC"] = compiler;
    }
    expect(bench.errors.lines).toHaveLength(1);
    expect(bench.errors.text).toMatch(/no C compiler.*use --engine node/);
  });

  it("missing tools for RV32 are told in one line that names Debian's packages", async () => {
    const bench = new Bench();
    const path = process.env["PATH"];
    process.env["PATH"] = "/nowhere";
    try {
      expect(await bench.run("sim --engine rv32 --days 1")).toBe(2);
    } finally {
      process.env["PATH"] = path;
    }
    expect(bench.errors.lines).toEqual([
      "error: --engine rv32: there is no riscv64-unknown-elf-gcc, no picolibc for RV32, no qemu-system-riscv32; on " +
        "Debian: apt-get install gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf qemu-system-misc " +
        "(or use --engine node)",
    ]);
  });

  it("the stack is shown with --debug only", async () => {
    const bench = new Bench();
    expect(await bench.run("sim --set intervalSeconds=5 --debug")).toBe(2);
    expect(bench.errors.lines[0]).toMatch(/^error: interval-seconds must be/);
    expect(bench.errors.text).toMatch(/\n {4}at /);
  });
});
