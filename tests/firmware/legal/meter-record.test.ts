import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  decodeMeterRecord,
  encodeMeterRecord,
  forwardPulsesOf,
  type MeterRecord,
  recordCauses,
  valveStates,
} from "../../../firmware/legal/register/meter-record.js";
import { toHex } from "../wire/cbor/hex.js";

fc.configureGlobal({ seed: 56 });

const uint16 = fc.nat(0xffff);
const uint32 = fc.nat(0xffffffff);
const anyRecord: fc.Arbitrary<MeterRecord> = fc.record({
  sequence: uint32,
  cause: fc.constantFrom(...recordCauses),
  forwardPulses: fc.oneof(fc.nat({ max: 2 ** 53 - 1 }), fc.nat(1000)),
  reversePulses: fc.nat({ max: 2 ** 40 - 1 }),
  epochSeconds: uint32,
  timeTrust: fc.constantFrom("unset", "estimated", "network"),
  inputForward: uint16,
  inputReverse: uint16,
  valve: fc.constantFrom(...valveStates),
  magnetPresent: fc.boolean(),
  sensorFault: fc.boolean(),
  batteryLow: fc.boolean(),
  calibrationEpoch: fc.nat(255),
});

const example: MeterRecord = {
  sequence: 0x01020304,
  cause: "interval",
  forwardPulses: 2 ** 53 - 1,
  reversePulses: 2 ** 40 - 2,
  epochSeconds: 0x69a38500,
  timeTrust: "network",
  inputForward: 0xabcd,
  inputReverse: 0x1234,
  valve: "open",
  magnetPresent: true,
  sensorFault: false,
  batteryLow: true,
  calibrationEpoch: 7,
};

describe("a meter record", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        expect(decodeMeterRecord(encodeMeterRecord(record, record.sequence))).toEqual(record);
      }),
      { numRuns: 500 },
    );
  });

  it("holds the largest registers exactly", () => {
    const record = { ...example, forwardPulses: 2 ** 53 - 1, reversePulses: 2 ** 40 - 1 };
    expect(decodeMeterRecord(encodeMeterRecord(record, record.sequence))).toEqual(record);
  });

  it("has the layout that meters in the field have stored", () => {
    expect(toHex(encodeMeterRecord(example, example.sequence))).toBe(
      "01" +
        "02" +
        "aa" +
        "07" +
        "04030201" +
        "ffffffffffff1f" +
        "feffffffff" +
        "0085a369" +
        "cdab" +
        "3412" +
        "00000000",
    );
  });

  it("of another version of the layout is not guessed at", () => {
    const bytes = encodeMeterRecord(example, example.sequence);
    bytes[0] = 2;
    expect(decodeMeterRecord(bytes)).toBeUndefined();
  });

  it("keeps its register when a newer firmware wrote it for a cause of its own", () => {
    const bytes = encodeMeterRecord(example, example.sequence);
    bytes[1] = recordCauses.length;
    expect(decodeMeterRecord(bytes)).toMatchObject({
      sequence: example.sequence,
      forwardPulses: example.forwardPulses,
      reversePulses: example.reversePulses,
    });
  });

  it("tells its register without being decoded", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        expect(forwardPulsesOf(encodeMeterRecord(record, record.sequence))).toBe(record.forwardPulses);
      }),
    );
  });

  it("reads what this firmware has no name for as the least that it can mean", () => {
    const bytes = encodeMeterRecord(example, example.sequence);
    bytes[1] = 200;
    bytes[2] = 0b000_111_11;
    expect(decodeMeterRecord(bytes)).toMatchObject({ cause: "start", timeTrust: "unset", valve: "unknown" });
  });
});
