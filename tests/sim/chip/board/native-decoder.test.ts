import { describe, expect, it } from "@jest/globals";
import { Board } from "../../../../sim/chip/board/board.js";
import { DecoderOperation, Operation } from "../../../../sim/chip/boundary/port.js";
import {
  decodePulseReading,
  encodePulseReading,
  pulseReadingByteLength,
} from "../../../../sim/chip/boundary/pulse-reading.js";
import { Trace } from "../../../../sim/kernel/trace.js";
import { householdOptions, pulsesAt, simulate, steadyFlow } from "../../../scenarios/run-meter.js";

/** a board whose engine decodes, asked at the given seconds; water flows with a pulse every 10 s. */
function askedBoard(isFollowed: boolean) {
  const { scheduler, meter } = simulate({
    ...householdOptions(1, 1),
    pulses: pulsesAt(steadyFlow(5, 9000, 10)),
  });
  const trace = new Trace();
  const board = new Board(meter.parts, scheduler, trace);
  if (isFollowed) board.followContacts();
  board.powerOn();
  const readAt = (seconds: number): Uint8Array => {
    const { atMicroseconds } = scheduler.schedule(seconds * 1e6 - scheduler.nowMicroseconds, () => undefined);
    while (scheduler.nowMicroseconds < atMicroseconds) scheduler.step();
    return board.call(Operation.pulseRead, 0, 0, 0, undefined) as Uint8Array;
  };
  return { board, trace, readAt };
}

describe("a board whose engine decodes", () => {
  it("gives the reading with the timeline behind it, and leaves the same trace as without", () => {
    const followed = askedBoard(true);
    const alone = askedBoard(false);
    for (const seconds of [0, 100, 100, 500]) {
      const reading = alone.readAt(seconds);
      expect(reading.byteLength).toBe(pulseReadingByteLength);
      const answer = followed.readAt(seconds);
      expect(answer.subarray(0, pulseReadingByteLength)).toEqual(reading);
      expect(answer.byteLength).toBeGreaterThanOrEqual(pulseReadingByteLength + 4);
    }
    expect(followed.trace.digest()).toBe(alone.trace.digest());
  });

  it("gives a long timeline in parts, none of which leaves a trace", () => {
    const { board, trace, readAt } = askedBoard(true);
    const answer = readAt(8000);
    const before = trace.digest();
    let more = new DataView(answer.buffer).getUint32(pulseReadingByteLength, true);
    let parts = 1;
    while (more === 1) {
      const part = board.call(DecoderOperation.timeline, 0, 0, 0, undefined) as Uint8Array;
      expect(part.byteLength).toBeLessThanOrEqual(16 * 1024);
      more = new DataView(part.buffer).getUint32(0, true);
      parts++;
    }
    expect(parts).toBeGreaterThan(1);
    expect(trace.digest()).toBe(before);
  });

  it("ends the run when the program's decoder has counted otherwise, and says what", () => {
    const { board, readAt } = askedBoard(true);
    const reading = decodePulseReading(readAt(100));
    const other = encodePulseReading({ ...reading, forward: reading.forward + 1, wireCut: true });
    expect(() => board.call(DecoderOperation.difference, 0, 0, 0, other)).toThrow(
      /^the two pulse decoders differ: forward 11 in C, 10 in the reference; wireCut true in C, false in the reference$/,
    );
  });

  it("knows no such operation without that program", () => {
    const { board } = askedBoard(false);
    expect(() => board.call(DecoderOperation.timeline, 0, 0, 0, undefined)).toThrow("unknown operation 100");
  });
});
