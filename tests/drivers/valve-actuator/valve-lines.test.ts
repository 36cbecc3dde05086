import { expect, it } from "@jest/globals";
import { ValveLines } from "../../../drivers/valve-actuator/valve-lines.js";
import { ValveBench } from "./valve-bench.js";

it("reverses the motor without ever having both inputs of the bridge on", () => {
  const bench = new ValveBench(0.5);
  const lines = new ValveLines(bench.connection(), () => undefined);
  lines.drive("open");
  lines.drive("close");
  lines.drive("open");
  expect(bench.starts).toBe(3);
  expect(bench.wereBothOn).toBe(false);
});

it("scales the voltage at the sense pin to the motor's current", () => {
  const bench = new ValveBench(0.5);
  const lines = new ValveLines(bench.connection(), () => undefined);
  lines.drive("open");
  bench.pass(500);
  expect(lines.milliamperes).toBe(45);
});

it("takes both drives to rest when it gives its pins back", () => {
  const bench = new ValveBench(0.5);
  const lines = new ValveLines(bench.connection(), () => undefined);
  lines.drive("open");
  lines.close();
  expect(bench.valve.currentMilliamperes).toBe(0);
  expect(bench.openPins.size).toBe(0);
});
