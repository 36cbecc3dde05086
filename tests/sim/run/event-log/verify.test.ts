import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { EventLog } from "../../../../firmware/events/event-log.js";
import { FlashChip } from "../../../../sim/world/flash/partition-table.js";
import { exportEventLog, type ExportedLog } from "../../../../sim/run/event-log/export.js";
import { LogFormatError, verifyEventLog } from "../../../../sim/run/event-log/verify.js";
import { openPartition, storageOn } from "../../../../sim/run/flash/flash-access.js";

const sha256 = (message: Uint8Array): Uint8Array =>
  new Uint8Array(createHash("sha256").update(message).digest());

function logOf(entries: number, sectors = 20): ExportedLog {
  const flash = openPartition(new FlashChip([{ label: "events", sectors }]), "events");
  const log = new EventLog(storageOn(flash), { crypto: { sha256 } });
  for (let index = 0; index < entries; index++)
    expect(log.append(index % 2 === 0 ? "time-set" : "magnet", index, 1_767_225_600 + index)).toBe(true);
  return exportEventLog(flash, "10000001");
}

/** A record with some bytes replaced and a CRC that fits again: what a careful forger would write. */
function forged(record: string, offset: number, bytes: readonly number[]): string {
  const buffer = Buffer.from(record, "hex");
  buffer.set(bytes, offset);
  buffer.writeUInt32LE(crc32(buffer.subarray(0, 28)), 28);
  return buffer.toString("hex");
}

function problemsAfter(change: (log: { entries: Record<string, unknown>[] }) => void): readonly string[] {
  const log = JSON.parse(JSON.stringify(logOf(9))) as { entries: Record<string, unknown>[] };
  change(log);
  return verifyEventLog(JSON.stringify(log)).problems;
}

describe("an exported event log", () => {
  it("verifies as the meter wrote it", () => {
    expect(verifyEventLog(JSON.stringify(logOf(9)))).toEqual({
      serialNumber: "10000001",
      entries: 9,
      firstSequence: 1,
      lastSequence: 9,
      problems: [],
    });
  });

  it("keeps at least the last 1,000 entries, and verifies when older ones are gone", () => {
    const verification = verifyEventLog(JSON.stringify(logOf(3000)));
    expect(verification.problems).toEqual([]);
    expect(verification.entries).toBeGreaterThanOrEqual(1000);
    expect(verification.firstSequence).toBeGreaterThan(1);
    expect(verification.lastSequence).toBe(3000);
  });

  it("names an entry with a flipped bit", () => {
    const problems = problemsAfter(({ entries }) => {
      const record = entries[4]?.["record"] as string;
      (entries[4] as Record<string, unknown>)["record"] = `00${record.slice(2)}`;
    });
    expect(problems[0]).toBe("entry 5 (sequence 5): its record was altered (CRC)");
  });

  it("names the entry behind one that was altered with a fitting CRC", () => {
    const problems = problemsAfter(({ entries }) => {
      const entry = entries[4] as Record<string, unknown>;
      entry["record"] = forged(entry["record"] as string, 12, [99, 0, 0, 0]);
      entry["detail"] = 99;
    });
    expect(problems).toEqual([
      "entry 6 (sequence 6): its link does not fit entry 5 (sequence 5); one of the two was altered",
    ]);
  });

  it("names an entry whose words differ from its record", () => {
    const problems = problemsAfter(({ entries }) => {
      (entries[2] as Record<string, unknown>)["event"] = "power-on";
    });
    expect(problems).toEqual(["entry 3 (sequence 3): event was altered, the record says time-set"]);
  });

  it("tells where entries were removed", () => {
    const problems = problemsAfter(({ entries }) => {
      entries.splice(3, 2);
    });
    expect(problems).toEqual(["entry 4 (sequence 6): 2 entries are missing before it"]);
  });

  it("tells where entries changed places", () => {
    const problems = problemsAfter(({ entries }) => {
      entries.push(entries.splice(3, 1)[0] as Record<string, unknown>);
    });
    expect(problems[problems.length - 1]).toBe("entry 9 (sequence 4): out of order after sequence 9");
  });

  it.each([
    ["text", "hello", "not JSON"],
    ["another file", "{}", '"format"'],
    ["a later version", '{"format":"tally-event-log","version":2,"entries":[]}', "version 2"],
    ["a file without entries", '{"format":"tally-event-log","version":1}', '"entries"'],
    ["null", "null", '"format"'],
  ])("is told apart from %s", (_name, text, expected) => {
    expect(() => verifyEventLog(text)).toThrow(LogFormatError);
    expect(() => verifyEventLog(text)).toThrow(expected);
  });
});
