import { describe, expect, it } from "@jest/globals";
import { ModemBench } from "./modem-bench.js";

describe("a modem that loses something", () => {
  it("is off without power, and starts at the next press of its power key", () => {
    const bench = new ModemBench().start();
    bench.modem.losePower();
    expect(bench.modem.state).toBe("off");
    expect(bench.command("AT")).toEqual([]);
    bench.start();
    expect(bench.command("AT")).toEqual(["OK"]);
  });

  it("can be frozen no longer once its power was gone", () => {
    const bench = new ModemBench().start();
    bench.modem.freeze();
    bench.modem.losePower();
    bench.start();
    expect(bench.command("AT")).toEqual(["OK"]);
  });

  it("leaves the network with its SIM, and sees it again after a restart only", () => {
    const bench = new ModemBench().start();
    bench.modem.seatSim(false);
    expect(bench.modem.state).toBe("idle");
    expect(bench.command("AT+CPIN?")).toEqual(["ERROR"]);
    bench.modem.seatSim(true);
    expect(bench.command("AT+CPIN?")).toEqual(["ERROR"]);
    bench.modem.losePower();
    bench.start();
    expect(bench.command("AT+CPIN?")).toEqual(["+CPIN: READY", "OK"]);
  });
});
