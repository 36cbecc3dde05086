import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { DecoderOperation, Operation } from "../../../sim/chip/boundary/port.js";
import { decodePulseReading, encodePulseReading } from "../../../sim/chip/boundary/pulse-reading.js";
import { ContactTimeline } from "../../../sim/world/sensors/contact-timeline.js";
import { createXsEngine } from "../../../sim/engines/xs/xs-engine.js";
import { ProcessFixture } from "./process-fixture.js";

const options = { sensor: "dual-reed", debouncePolls: 2, magnetPolls: 100, oneSidedPulses: 10 } as const;
const turn = [1, 3, 2, 0];

let fixture: ProcessFixture;
beforeEach(() => {
  fixture = new ProcessFixture(createXsEngine);
});
afterEach(() => {
  fixture.close();
});

/** Answers as a board would whose own decoder has counted `forward` pulses. */
function answerWith(timeline: ContactTimeline, forward: () => number, partByteLength = 1000): void {
  fixture.answer = ({ operation }) => {
    const part = timeline.take(partByteLength);
    if (operation === DecoderOperation.timeline) return part;
    if (operation !== Operation.pulseRead) throw new Error(`operation ${operation}`);
    const none = { reverse: 0, illegalTransitions: 0, magnetEvents: 0, sensorFaults: 0 };
    const flags = { magnetPresent: false, oneSided: false, wireCut: false };
    const reading = encodePulseReading({ forward: forward(), ...none, ...flags });
    return Buffer.concat([reading, part]);
  };
}

/** An engine whose application reads the pulse input at each event and passes on what it gets. */
const reader = () => fixture.handler(`call(50, 0, 0, 0, call(${Operation.pulseRead}));`);

function turnForward(timeline: ContactTimeline): void {
  for (const contacts of turn) timeline.run(contacts, 5);
}

describe("the XS program's pulse decoder", () => {
  const readings = (): number[] =>
    fixture.calls
      .filter(({ operation }) => operation === 50)
      .map(({ bytes }) => (bytes?.byteLength === 24 ? decodePulseReading(bytes).forward : NaN));

  function answerAndListen(timeline: ContactTimeline, forward: () => number, partByteLength?: number): void {
    answerWith(timeline, forward, partByteLength);
    const answer = fixture.answer;
    fixture.answer = (call) => (call.operation === 50 ? undefined : answer(call));
  }

  it("gives the application what it has counted, through wakes and in however many parts", async () => {
    const timeline = new ContactTimeline();
    let forward = 0;
    answerAndListen(timeline, () => forward, 40);
    const engine = await reader();
    timeline.start(options, 0, { forward: 0, reverse: 0 });
    engine.wake(0);
    for (let pulse = 0; pulse < 3; pulse++) {
      turnForward(timeline);
      forward++;
      engine.wake(pulse);
    }
    engine.deliver(2, 0, 0, 0);
    expect(readings()).toEqual([0, 1, 2, 3, 3]);
  });

  it("begins anew where the timeline says that power came", async () => {
    const timeline = new ContactTimeline();
    let forward = 0xffff_ffff;
    answerAndListen(timeline, () => forward);
    const engine = await reader();
    timeline.start(options, 0, { forward, reverse: 0 });
    engine.wake(0);
    timeline.start(options, 1, { forward: (forward = 0), reverse: 0 });
    engine.wake(1);
    expect(readings()).toEqual([0xffff_ffff, 0]);
  });

  it("says so when it has counted otherwise than the board, and the run is over", async () => {
    const timeline = new ContactTimeline();
    const told: number[] = [];
    answerWith(timeline, () => 2);
    const answer = fixture.answer;
    fixture.answer = (call) => {
      if (call.operation !== DecoderOperation.difference) return answer(call);
      told.push(decodePulseReading(call.bytes ?? new Uint8Array(24)).forward);
      throw new Error("they differ");
    };
    const engine = await reader();
    timeline.start(options, 0, { forward: 0, reverse: 0 });
    turnForward(timeline);
    expect(() => {
      engine.wake(0);
    }).toThrow("they differ");
    expect(told).toEqual([1]);
  });

  it("does without no timeline", async () => {
    fixture.answer = () => new Uint8Array(24);
    const engine = await reader();
    expect(() => {
      engine.wake(0);
    }).toThrow("the XS program ended with code 1: the timeline of the contacts ends in the middle");
  });
});
