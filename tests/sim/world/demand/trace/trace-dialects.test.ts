/** A series is read back as it was, in whatever way a logger wrote it, or not at all. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type TraceFile, TraceError } from "../../../../../sim/world/demand/trace/trace-file.js";
import { anyDialect, type Dialect, anySeries, explanation, flowOf, isTruthful, write } from "./dialect.js";
import { readText } from "./trace-text.js";

const megalitre = 1_000_000_000_000_000n;

/** Three units, so that a row has up to 1000 pulses, but no more than a megalitre. */
function pulseWeight({ unit }: Dialect): { litres: number; pulsesOf: (flow: bigint) => number } {
  const nanolitres = unit.nanolitres >= megalitre ? megalitre : unit.nanolitres * 3n;
  const litres = Number(
    `${nanolitres / 1_000_000_000n}.${String(nanolitres % 1_000_000_000n).padStart(9, "0")}`,
  );
  return { litres, pulsesOf: (flow) => Number(flow / (nanolitres * 1000n)) };
}

/** Undefined where it is refused. */
function readIfPossible(read: () => TraceFile): TraceFile | undefined {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(TraceError);
    expect((error as TraceError).message).not.toContain("\n");
    return undefined;
  }
}

describe("a series of volumes in any dialect", () => {
  it("is read back to the same total or refused, never to another total", () => {
    let read = 0;
    let tried = 0;
    fc.assert(
      fc.property(anySeries, anyDialect.filter(isTruthful), (series, dialect) => {
        tried++;
        const text = write(series, dialect);
        const { litres, pulsesOf } = pulseWeight(dialect);
        const trace = readIfPossible(() => readText(text, litres, explanation(dialect)));
        if (!trace) return;
        read++;
        expect(trace.totalPulses).toBe(pulsesOf(flowOf(series, dialect)));
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(tried / 4);
  });

  it("is read back to what is left of it, refused or told where the file is cut off anywhere", () => {
    fc.assert(
      fc.property(
        anySeries,
        anyDialect.filter(isTruthful),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (series, any, part) => {
          const dialect = { ...any, encoding: "utf8", lineEnd: "\n" } as const;
          const { litres, pulsesOf } = pulseWeight(dialect);
          const whole = write(series, dialect);
          const cut = whole.subarray(0, Math.floor(whole.length * part));
          const trace = readIfPossible(() => readText(cut, litres, explanation(dialect)));
          if (!trace || trace.reports.some(({ message }) => message.includes("cut off"))) return;
          const lost = whole.toString().split("\n").length - cut.toString().split("\n").length;
          const isLastWhole = cut.at(-1) === 0x0a;
          const left = series.slice(0, series.length - lost + (isLastWhole || lost === 0 ? 0 : 1));
          const wanted = [left, left.slice(0, -1)].map((rows) => pulsesOf(flowOf(rows, dialect)));
          expect(wanted).toContain(trace.totalPulses);
        },
      ),
      { numRuns: 500 },
    );
  });
});
