import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { FaultyFlash } from "../../../../sim/world/flash/faulty-flash.js";
import { MirroredLog } from "../../../../firmware/legal/rings/mirrored-log.js";
import { sequenceOf } from "../../../../firmware/legal/rings/record.js";
import { cutStarts, faultyFlash, storageAfterReset } from "../../cut-starts.js";
import { range, record } from "./ring-bench.js";

fc.configureGlobal({ seed: 21 });

const declaration = { name: "events", kind: 7 };

function open(flash: FaultyFlash, hasSlept = false): MirroredLog {
  return new MirroredLog({ ...storageAfterReset(flash), hasSlept }, declaration);
}

/** What a start does that has something to tell. */
function start(flash: FaultyFlash): void {
  const log = open(flash);
  log.append(record(log.lastSequence + 1));
}

/** A log of three sectors to a half that holds as many records. */
function filled(count: number): FaultyFlash {
  const flash = faultyFlash(6);
  const log = open(flash, true);
  for (const sequence of range(1, count)) log.append(record(sequence));
  return flash;
}

function visited(log: MirroredLog): number[] {
  const sequences: number[] = [];
  log.visitFrom(1, (bytes) => sequences.push(sequenceOf(bytes)) > 0);
  return sequences;
}

describe("a log of which every record is wanted", () => {
  it.each([0, 1, 2, 3, 4, 5])("loses nothing by 60 starts that are each cut at operation %d", (operation) => {
    const flash = filled(300);
    const [oldest = 0] = visited(open(flash.copy()));
    cutStarts(
      flash,
      60,
      () => ({ operation, way: "prefix" }),
      () => {
        start(flash);
      },
    );
    const shown = visited(open(flash));
    expect(shown).toEqual(range(oldest, shown.length + oldest - 1));
    expect(shown[shown.length - 1]).toBeGreaterThanOrEqual(300);
  });

  it("loses nothing by up to 500 starts that are each cut within their first operations", () => {
    const cut = fc.record({
      operation: fc.nat(5),
      way: fc.constantFrom("prefix", "subset", "half" as const),
    });
    const cuts = fc.array(cut, { minLength: 20, maxLength: 500, size: "max" });
    fc.assert(
      fc.property(fc.integer({ min: 260, max: 330 }), cuts, (count, drawn) => {
        const flash = filled(count);
        cutStarts(
          flash,
          drawn.length,
          (index) => drawn[index] as (typeof drawn)[number],
          () => {
            start(flash);
          },
        );
        const shown = visited(open(flash));
        // A whole sector, and what a life without cuts would have left of the one before it.
        expect(shown).toEqual(expect.arrayContaining(range(count - 127 - 88, count)));
      }),
      { numRuns: 10 },
    );
  });

  it("takes a record again in the first run that a sleep came before, and keeps the others", () => {
    const flash = filled(300);
    cutStarts(
      flash,
      200,
      (index) => ({ operation: index % 5, way: "prefix" }),
      () => {
        start(flash);
      },
    );
    const log = open(flash, true);
    expect(log.append(record(log.lastSequence + 1))).toBe(true);
    expect(visited(log)).toEqual(expect.arrayContaining(range(130, 300)));
  });
});
