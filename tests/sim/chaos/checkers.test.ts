import { describe, expect, it } from "@jest/globals";
import type { MeterRecord } from "../../../firmware/legal/register/meter-record.js";
import type { FaultSelection } from "../../../sim/chaos/chaos-options.js";
import type { ChaosViolation } from "../../../sim/chaos/findings.js";
import type { Readings } from "../../../sim/head-end/readings.js";
import type { Truth } from "../../../sim/run/truth.js";
import { chaosRun } from "./chaos-bench.js";

const powerCuts: FaultSelection = new Set(["powerCuts"]);

/** What the checkers say when the meter's records are altered on their way to them. */
async function violationsOf(
  tamper: (record: MeterRecord) => MeterRecord,
  selection: FaultSelection = new Set(),
): Promise<readonly ChaosViolation[]> {
  return (await chaosRun(24, 8, selection, tamper).run()).violations;
}

describe("the checkers", () => {
  it("find nothing in a meter without faults", async () => {
    expect(await violationsOf((record) => record)).toEqual([]);
  });

  it("find a pulse that was counted twice", async () => {
    const violations = await violationsOf((record) =>
      record.sequence === 30 ? { ...record, forwardPulses: record.forwardPulses + 1 } : record,
    );
    expect(violations[0]?.checker).toBe("register");
    expect(violations[0]?.message).toMatch(/forwardPulses is \d+, counted were \d+/);
  });

  it("find a pulse that was lost without a removal of the battery", async () => {
    const violations = await violationsOf((record) =>
      record.cause === "pulses" ? { ...record, forwardPulses: record.forwardPulses - 1 } : record,
    );
    expect(violations[0]?.checker).toBe("register");
  });

  it("find a record that was complete and is gone when the battery goes", async () => {
    const violations = await violationsOf(
      (record) => ({ ...record, forwardPulses: record.forwardPulses + 500 }),
      powerCuts,
    );
    expect(violations.some(({ message }) => / was written, \d+ is left/.test(message))).toBe(true);
  });

  it("find an interval that is reported otherwise than it was written down", async () => {
    const violations = await violationsOf((record) =>
      record.cause === "interval" && record.epochSeconds % 86_400 === 43_200
        ? { ...record, forwardPulses: record.forwardPulses + 1 }
        : record,
    );
    expect(violations.some(({ checker }) => checker === "intervals")).toBe(true);
  });

  it("find a magnet that the records keep quiet about", async () => {
    const { violations } = await chaosRun(45, 8, new Set(["magnets"]), (record) => ({
      ...record,
      magnetPresent: false,
    })).run();
    expect(
      violations.some(({ checker, message }) => checker === "magnet" && /input differs/.test(message)),
    ).toBe(true);
  });

  it("find an event log that was altered", async () => {
    const { violations } = await chaosRun(24, 8, new Set(), (record, { chip }) => {
      const { image } = chip.partition("events").nor;
      // The second entry, in both copies of the log.
      if (record.sequence === 60)
        for (const copy of [0, image.byteLength / 2]) image.fill(0, copy + 64, copy + 96);
      return record;
    }).run();
    expect(violations.map(({ checker, message }) => `${checker}: ${message}`)).toEqual([
      expect.stringMatching(/^events: entry \d+ \(sequence 3\): 1 entry is missing before it$/),
    ]);
  });

  it("find that register and head-end do not agree at the end", async () => {
    const { violations } = await chaosRun(24, 8, new Set(), (record, { meter }) => {
      const [device] = meter.headEnd.devices;
      if (device && record.sequence > 30) lieAboutIndex(device);
      return record;
    }).run();
    expect(violations.map(({ checker, message }) => `${checker}: ${message}`)).toContainEqual(
      expect.stringMatching(
        /^convergence: forwardPulses at the end: (\d+) counted, \1 stored, \d+ at the head-end$/,
      ),
    );
  });

  it("find what the head-end complains of", async () => {
    const { violations } = await chaosRun(24, 8, new Set(), (record, { meter }) => {
      if (record.sequence === 30)
        meter.headEnd.receive(Uint8Array.of(1, 2, 3), "192.0.2.9:1", () => undefined);
      return record;
    }).run();
    expect(violations[0]).toMatchObject({
      checker: "head-end",
      message: "malformed CoAP message: Unsupported version",
    });
  });

  it("find a pulse that passed and was not counted", async () => {
    const { violations } = await chaosRun(24, 8, new Set(), (record, { truth }) => {
      if (record.sequence === 30) passOneMore(truth);
      return record;
    }).run();
    expect(violations).toHaveLength(1);
    expect(violations[0]?.message).toMatch(
      /^counted (\d+) forward pulses, between \d+ and \d+ were countable$/,
    );
  });

  it("find that the firmware has given up", async () => {
    const { violations } = await chaosRun(24, 8, new Set(), (record, { board }) => {
      if (record.sequence === 30) board.panic("Error: a broken invariant\n    at somewhere.js:1");
      return record;
    }).run();
    expect(violations).toMatchObject([
      { checker: "firmware", message: "the firmware failed: Error: a broken invariant" },
    ]);
  });
});

/** From now on the head-end's newest index is read as one pulse less. */
function lieAboutIndex(device: Readings): void {
  let { latest } = device;
  Object.defineProperty(device, "latest", {
    configurable: true,
    get: () => latest && { ...latest, forwardPulses: latest.forwardPulses - 1 },
    set: (value: Readings["latest"]) => {
      latest = value;
    },
  });
}

/** From now on one more pulse has passed than the meter could see. */
function passOneMore(truth: Truth): void {
  const forwardPulsesAt = truth.forwardPulsesAt.bind(truth);
  truth.forwardPulsesAt = (microseconds) => forwardPulsesAt(microseconds) + (microseconds > 0 ? 1 : 0);
}
