import { describe, expect, it } from "@jest/globals";
import { Board } from "../../../../sim/chip/board/board.js";
import { Operation } from "../../../../sim/chip/boundary/port.js";
import { PowerCut } from "../../../../sim/chip/boundary/power-cut.js";
import { Trace } from "../../../../sim/kernel/trace.js";
import { simulate, steadyFlow, pulsesAt, householdOptions } from "../../../scenarios/run-meter.js";

/** A board that nobody runs an application on: the test makes the calls. Water flows with a pulse every 10 s. */
function idleBoard() {
  const simulation = simulate({ ...householdOptions(1, 1), pulses: pulsesAt(steadyFlow(5, 80_000, 10)) });
  const { scheduler, meter } = simulation;
  const board = new Board(meter.parts, scheduler, new Trace());
  const pass = (seconds: number): void => {
    const { atMicroseconds } = scheduler.schedule(seconds * 1e6, () => undefined);
    while (scheduler.nowMicroseconds < atMicroseconds) scheduler.step();
  };
  const nextEvents = (): number[] => {
    const events: number[] = [];
    for (let next = board.takeEvent(); next; next = board.takeEvent()) events.push(next.event);
    return events;
  };
  board.powerOn();
  nextEvents();
  return { board, pass, nextEvents, input: meter.input, clock: meter.parts.clock };
}

describe("a battery that is taken out", () => {
  it("ends the application: its calls find no chip, its timers never fire", () => {
    const { board, pass, nextEvents } = idleBoard();
    board.call(Operation.setTimer, 1, 1000, 0, undefined);
    board.powerOff();
    expect(() => board.call(Operation.wallTime, 0, 0, 0, undefined)).toThrow(PowerCut);
    pass(2);
    expect(nextEvents()).toEqual([]);
    expect(board.processor.isPowered).toBe(false);
  });

  it("takes clock, counters and retained memory with it", () => {
    const { board, pass, input, clock } = idleBoard();
    board.call(Operation.setWallTime, 1_767_225_600_000, 2, 0, undefined);
    const retained = board.retained.slice();
    pass(100);
    expect(input.read().forward).toBe(10);
    board.powerOff();
    pass(50);
    board.powerOn();
    expect(input.read().forward).toBe(0);
    expect([clock.ticks, clock.trust]).toEqual([0, 0]);
    expect(board.retained).not.toEqual(retained);
    expect(board.wakeCause).toBe("power-on");
    pass(20);
    expect(input.read().forward).toBe(2);
  });

  it("stays without effect on a reset or the service button", () => {
    const { board, nextEvents } = idleBoard();
    board.powerOff();
    board.reset("watchdog");
    board.pressServiceButton();
    expect(nextEvents()).toEqual([]);
  });
});

describe("a reset", () => {
  it("leaves clock, counters and retained memory as they are", () => {
    const { board, pass, input, clock } = idleBoard();
    pass(100);
    const retained = board.retained.slice();
    board.reset("brown-out");
    expect(input.read().forward).toBe(10);
    expect(clock.ticks).toBe(100_000);
    expect(board.retained).toEqual(retained);
    expect(board.wakeCause).toBe("brown-out");
  });
});

describe("a tap on the boundary", () => {
  it("can cut the power before an operation is carried out", () => {
    const { board } = idleBoard();
    board.tap = {
      before: () => {
        board.powerOff();
        throw new PowerCut("cut");
      },
      after: () => {
        throw new Error("was carried out");
      },
    };
    expect(() => board.call(Operation.retainedWrite, 0, 0, 0, new Uint8Array(1).fill(7))).toThrow(PowerCut);
  });

  it("sees what was done and what came of it", () => {
    const { board } = idleBoard();
    const seen: unknown[] = [];
    board.tap = {
      before: (operation) => seen.push(operation),
      after: (operation, a, b, _bytes, result) => seen.push([operation, a, b, result]),
    };
    board.call(Operation.timeTrust, 3, 4, 0, undefined);
    expect(seen).toEqual([Operation.timeTrust, [Operation.timeTrust, 3, 4, 0]]);
  });
});
