import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { eventNames } from "../../../firmware/events/event-names.js";

/** The file is no exported event log at all. */
export class LogFormatError extends Error {
  override readonly name = "LogFormatError";
}

export interface Verification {
  readonly serialNumber: string;
  readonly entries: number;
  readonly firstSequence: number | undefined;
  readonly lastSequence: number | undefined;
  /** One line for each thing that is wrong, naming the entry. Empty when the chain is whole. */
  readonly problems: readonly string[];
}

interface ParsedEntry {
  readonly name: string;
  readonly record: Buffer;
}

const linkedByteLength = 28;
const linkOffset = 16;
const linkByteLength = 12;

/**
 * Checks an exported event log without the meter: every record's CRC, the words beside it, the order, and the
 * chain of digests. Written apart from the firmware's own code. The first entry's link points to one that the
 * meter has dropped, or to none, and can't be checked; that later entries were cut off can't be seen either,
 * but by comparing the last sequence number with the meter's.
 * @throws {LogFormatError} when the text is no such log; one line.
 */
export function verifyEventLog(text: string): Verification {
  const log = parseLog(text);
  const problems: string[] = [];
  let previous: ParsedEntry | undefined;
  let firstSequence: number | undefined;
  let lastSequence: number | undefined;
  for (const [index, value] of log.entries.entries()) {
    const entry = readEntry(value, index, problems);
    if (!entry) continue;
    const sequence = entry.record.readUInt32LE(4);
    if (previous && lastSequence !== undefined) checkLink(previous, lastSequence, entry, sequence, problems);
    firstSequence ??= sequence;
    lastSequence = sequence;
    previous = entry;
  }
  return {
    serialNumber: log.serialNumber,
    entries: log.entries.length,
    firstSequence,
    lastSequence,
    problems,
  };
}

function parseLog(text: string): { serialNumber: string; entries: readonly unknown[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LogFormatError("not JSON; expected a log written by `tally sim --event-log FILE`");
  }
  const { format, version, serialNumber, entries } = (value ?? {}) as Record<string, unknown>;
  if (format !== "tally-event-log")
    throw new LogFormatError('no event log: "format" is not "tally-event-log"');
  if (version !== 1)
    throw new LogFormatError(`event log version ${String(version)} is unknown; this is version 1`);
  if (!Array.isArray(entries)) throw new LogFormatError('no event log: "entries" is missing');
  if (typeof serialNumber !== "string" || !/^[ -~]{1,32}$/.test(serialNumber))
    throw new LogFormatError('no event log: "serialNumber" is not 1 to 32 printable characters');
  // A meter has at least its first start to tell.
  if (entries.length === 0) throw new LogFormatError("it has no entries, so there is nothing to check");
  return { serialNumber, entries };
}

/** The entry's record, once its own bytes are in order; undefined, with a problem noted, when they are not. */
function readEntry(value: unknown, index: number, problems: string[]): ParsedEntry | undefined {
  const fields = (value ?? {}) as Record<string, unknown>;
  const name = `entry ${index + 1} (sequence ${String(fields["sequence"])})`;
  const hex = fields["record"];
  if (typeof hex !== "string" || !/^[0-9a-f]{64}$/.test(hex)) {
    problems.push(`${name}: its record is not 64 hexadecimal digits`);
    return undefined;
  }
  const record = Buffer.from(hex, "hex");
  if (record.readUInt32LE(linkedByteLength) !== crc32(record.subarray(0, linkedByteLength))) {
    problems.push(`${name}: its record was altered (CRC)`);
    return undefined;
  }
  const seconds = record.readUInt32LE(8);
  const told: Readonly<Record<string, unknown>> = {
    sequence: record.readUInt32LE(4),
    event: eventNames[record.readUInt8(1)] ?? "unknown",
    time: seconds === 0 ? null : new Date(seconds * 1000).toISOString(),
    detail: record.readInt32LE(12),
  };
  for (const [field, expected] of Object.entries(told))
    if (fields[field] !== expected)
      problems.push(`${name}: ${field} was altered, the record says ${String(expected)}`);
  return { name, record };
}

function checkLink(
  previous: ParsedEntry,
  previousSequence: number,
  entry: ParsedEntry,
  sequence: number,
  problems: string[],
): void {
  if (sequence <= previousSequence) {
    problems.push(`${entry.name}: out of order after sequence ${previousSequence}`);
    return;
  }
  if (sequence !== previousSequence + 1) {
    const gap = sequence - previousSequence - 1;
    problems.push(`${entry.name}: ${gap} ${gap === 1 ? "entry is" : "entries are"} missing before it`);
    return;
  }
  const digest = createHash("sha256").update(previous.record.subarray(0, linkedByteLength)).digest();
  const link = entry.record.subarray(linkOffset, linkOffset + linkByteLength);
  if (!link.equals(digest.subarray(0, linkByteLength)))
    problems.push(`${entry.name}: its link does not fit ${previous.name}; one of the two was altered`);
}
