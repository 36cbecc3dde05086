import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ValveBench } from "./valve-bench.js";

let bench: ValveBench;

/** Holds at the end of every test, whatever it did. */
function expectMotorAtRest(): void {
  expect(bench.valve.currentMilliamperes).toBe(0);
  expect(bench.wereBothOn).toBe(false);
}

beforeEach(() => {
  bench = new ValveBench(0);
});

afterEach(expectMotorAtRest);

describe("stopping", () => {
  it("ends a move at once", async () => {
    const actuator = bench.actuator();
    const opening = actuator.open();
    bench.pass(1200);
    actuator.stop();
    expect(bench.valve.currentMilliamperes).toBe(0);
    expect(await opening).toEqual({ ok: false, code: "stopped", detail: "after 1200 ms" });
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it("lets the next move start at once", async () => {
    const actuator = bench.actuator();
    const opening = actuator.open();
    bench.pass(1200);
    actuator.stop();
    const closing = actuator.close();
    expect(await opening).toMatchObject({ code: "stopped" });
    expect(await bench.settle(closing)).toMatchObject({ ok: true });
  });

  it("does nothing without a move", () => {
    bench.actuator().stop();
    expect(bench.starts).toBe(0);
  });

  it("a second move is busy and the first goes on", async () => {
    const actuator = bench.actuator();
    const opening = actuator.open();
    bench.pass(1000);
    expect(await actuator.close()).toEqual({ ok: false, code: "busy" });
    expect(await actuator.move("open", 100)).toEqual({ ok: false, code: "busy" });
    expect(await bench.settle(opening)).toMatchObject({ ok: true });
  });
});

describe("releasing", () => {
  it("ends a move, frees every pin and may be repeated", async () => {
    const actuator = bench.actuator();
    const opening = actuator.open();
    bench.pass(500);
    actuator.release();
    actuator.release();
    expect(bench.openPins.size).toBe(0);
    expect(await opening).toMatchObject({ ok: false, code: "stopped" });
  });

  it("lets another actuator have the valve", async () => {
    bench.actuator().release();
    expect(await bench.settle(bench.actuator().open())).toMatchObject({ ok: true });
  });

  it("makes every later use an error", async () => {
    const actuator = bench.actuator();
    actuator.release();
    expect(() => actuator.position).toThrow("released");
    await expect(actuator.open()).rejects.toThrow("released");
    await expect(actuator.close()).rejects.toThrow("released");
    await expect(actuator.move("open", 10)).rejects.toThrow("released");
  });
});

describe("a line that throws", () => {
  it("rejects the move with the motor off when the current can't be read", async () => {
    const actuator = bench.actuator();
    const opening = actuator.open();
    bench.pass(1000);
    bench.currentFault = new Error("converter is gone");
    await expect(bench.settle(opening)).rejects.toThrow("converter is gone");
    expect(bench.valve.currentMilliamperes).toBe(0);
    expect(bench.clock.pendingTimers).toBe(0);
    bench.currentFault = undefined;
    expect(await bench.settle(actuator.open())).toMatchObject({ ok: true });
  });

  it("rejects the move with the motor off when switching on fails", async () => {
    bench.writeFault = { level: 1, error: new Error("no drive") };
    await expect(bench.settle(bench.actuator().open())).rejects.toThrow("no drive");
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it("rejects even a move that reached its limit when switching off fails", async () => {
    const actuator = bench.actuator();
    const opening = actuator.open();
    bench.pass(1000);
    bench.writeFault = { level: 0, error: new Error("drive is stuck") };
    await expect(bench.settle(opening)).rejects.toThrow("drive is stuck");
    actuator.release();
  });
});
