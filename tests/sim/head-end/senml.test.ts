import { describe, expect, it } from "@jest/globals";
import { decodeSenml } from "../../../sim/head-end/senml.js";
import { encodeSenml, MeterDouble } from "./meter-double.js";

const now = 1_767_225_600;

describe("SenML in CBOR", () => {
  it("reads labels as RFC 8428, table 4, numbers them", () => {
    // [{-2: "/3424/0/", -3: 1767225600, 0: "4", 2: 1000}]
    const bytes = Buffer.from("81a421682f333432342f302f221a6955b900006134021903e8", "hex");
    expect(decodeSenml(bytes, 0)).toEqual({
      ok: true,
      value: [{ path: "/3424/0/4", epochSeconds: now, value: 1000 }],
    });
  });

  it("adds base name, base time and base value until they are replaced", () => {
    const payload = encodeSenml(
      [
        [-2, "/3424/0/"],
        [-3, now],
        [-5, 100],
        [0, "4"],
        [2, 1],
      ],
      [
        [0, "1"],
        [6, -60],
        [2, 2.5],
      ],
      [
        [-2, "/3/0/7"],
        [-5, 0],
        [2, 3600],
      ],
    );
    expect(decodeSenml(payload, 0)).toEqual({
      ok: true,
      value: [
        { path: "/3424/0/4", epochSeconds: now, value: 101 },
        { path: "/3424/0/1", epochSeconds: now - 60, value: 102.5 },
        { path: "/3/0/7", epochSeconds: now, value: 3600 },
      ],
    });
  });

  it("takes times below 2^28 as relative to now", () => {
    const payload = encodeSenml(
      [
        [0, "/3/0/7"],
        [2, 1],
      ],
      [
        [0, "/3/0/7"],
        [6, -30],
        [2, 1],
      ],
      [
        [0, "/3/0/7"],
        [6, 2 ** 28 - 1],
        [2, 1],
      ],
      [
        [0, "/3/0/7"],
        [6, 2 ** 28],
        [2, 1],
      ],
    );
    const decoded = decodeSenml(payload, now);
    const times = decoded.ok ? decoded.value.map(({ epochSeconds }) => epochSeconds) : [];
    expect(times).toEqual([now, now - 30, now + 2 ** 28 - 1, 2 ** 28]);
  });

  it("reads every kind of value", () => {
    const payload = encodeSenml(
      [
        [0, "/3/0/0"],
        [3, "maker"],
      ],
      [
        [0, "/3306/0/5850"],
        [4, true],
      ],
      [
        [0, "/10266/0/6029"],
        [8, Buffer.from([1, 2])],
      ],
      [
        [0, "/3424/0/4"],
        [2, 123_456_789_012_345n],
      ],
    );
    const decoded = decodeSenml(payload, now);
    const values = decoded.ok ? decoded.value.map(({ value }) => value) : [];
    expect(values).toEqual(["maker", true, Uint8Array.of(1, 2), 123_456_789_012_345]);
  });

  it("skips fields it does not know, but for those that must be understood", () => {
    const known = [[0, "/3/0/7"] as const, [2, 1] as const];
    expect(decodeSenml(encodeSenml([...known, ["extra", 1]]), now).ok).toBe(true);
    expect(decodeSenml(encodeSenml([...known, [99, 1]]), now).ok).toBe(true);
    expect(decodeSenml(encodeSenml([...known, ["extra_", 1]]), now).ok).toBe(false);
  });

  const bad: [name: string, payload: Buffer][] = [
    ["an empty payload", Buffer.alloc(0)],
    ["an empty pack", Buffer.from("80", "hex")],
    ["a map instead of an array", Buffer.from("a0", "hex")],
    [
      "an array cut short",
      encodeSenml([
        [0, "/3/0/7"],
        [2, 1],
      ]).subarray(0, -1),
    ],
    [
      "bytes after the pack",
      Buffer.concat([
        encodeSenml([
          [0, "/3/0/7"],
          [2, 1],
        ]),
        Buffer.of(0),
      ]),
    ],
    ["a record that is not a map", Buffer.from("8101", "hex")],
    ["a record without a value", encodeSenml([[0, "/3/0/7"]])],
    [
      "a record with two values",
      encodeSenml([
        [0, "/3/0/7"],
        [2, 1],
        [4, true],
      ]),
    ],
    [
      "a text where a number belongs",
      encodeSenml([
        [0, "/3/0/7"],
        [2, "1"],
      ]),
    ],
    [
      "a value that is not finite",
      encodeSenml([
        [0, "/3/0/7"],
        [2, NaN],
      ]),
    ],
    [
      "a name that is no resource",
      encodeSenml([
        [0, "/3/0"],
        [2, 1],
      ]),
    ],
    ["no name", encodeSenml([[2, 1]])],
    [
      "a version from the future",
      encodeSenml([
        [-1, 11],
        [0, "/3/0/7"],
        [2, 1],
      ]),
    ],
  ];
  it.each(bad)("refuses %s", (_name, payload) => {
    const meter = new MeterDouble();
    meter.register();
    expect(meter.deliver(meter.sendRequest(payload))[0]?.code).toBe("4.00");
    expect(meter.headEnd.faults).toHaveLength(1);
  });

  it("is the only content format that is taken", () => {
    const meter = new MeterDouble();
    meter.register();
    expect(meter.deliver(meter.request("dp", [], 110, { payload: Buffer.from("[]") }))[0]?.code).toBe("4.15");
    expect(meter.deliver(meter.request("dp", [], undefined, {}))[0]?.code).toBe("4.15");
    expect(meter.headEnd.faults).toHaveLength(2);
  });
});
