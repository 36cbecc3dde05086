import { describe, expect, it } from "@jest/globals";
import type { BoardWiring } from "../../manifests/board.js";
import { boards } from "../../manifests/boards/boards.js";
import { wiringNotes, wiringProblems } from "../../manifests/wiring/check.js";
import { wiringGaps } from "../../manifests/wiring/gaps.js";

/** The wiring of a board, without types, with one member changed or left out. */
function changed(path: string, value?: unknown): BoardWiring {
  const known = boards.find(({ name }) => name === "esp32c6")?.wiring;
  const wiring = JSON.parse(JSON.stringify(known)) as Record<string, unknown>;
  const names = path.split(".");
  const last = names.pop() ?? "";
  let inner = wiring;
  for (const name of names) inner = inner[name] as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(inner, last);
  else inner[last] = value;
  return wiring as unknown as BoardWiring;
}

describe("a wiring that is not whole", () => {
  it.each([
    ["sensor"],
    ["pulseInput"],
    ["pulseInput.contactA"],
    ["power.battery"],
    ["power.battery.divisor"],
    ["modem"],
    ["modem.powerKey"],
    ["modem.serial.receive"],
    ["service"],
    ["rails"],
    ["reserved"],
    ["valve.openLimit"],
  ])("is told by the member that is missing: %s", (path) => {
    expect(wiringProblems(changed(path), "esp32c6")).toEqual([`${path} is missing`]);
  });

  it.each([
    ["pulseInput.contactA", "2", "pulseInput.contactA must be a number"],
    ["modem.reset.isActiveLow", 1, "modem.reset.isActiveLow must be a boolean"],
    ["reserved", {}, "reserved must be a list"],
  ])("is told by the member that is of another kind: %s", (path, value, problem) => {
    expect(wiringProblems(changed(path, value), "esp32c6")).toEqual([problem]);
  });

  it("is told at once where nothing of it is there", () => {
    expect(wiringGaps(undefined)).toContain("modem is missing");
    expect(wiringGaps({})).toContain("service is missing");
  });

  it("has no gap on any board of the manifests, nor without a valve", () => {
    for (const { wiring } of boards) expect(wiringGaps(wiring)).toEqual([]);
    expect(wiringGaps(changed("valve"))).toEqual([]);
    expect(wiringNotes(changed("valve"), "esp32c6")).toEqual([]);
  });
});
