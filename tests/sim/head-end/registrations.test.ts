import { describe, expect, it } from "@jest/globals";
import { indexRecords, MeterDouble, midnight } from "./meter-double.js";

function update(meter: MeterDouble, path: string, queries: string[] = []): string | undefined {
  return meter.deliver(meter.request(path, queries, undefined, {}))[0]?.code;
}

describe("registration", () => {
  it("gives a location below rd", () => {
    const meter = new MeterDouble();
    expect(meter.register()).toMatch(/^rd\/[0-9a-z]+$/);
    expect(meter.headEnd.faults).toEqual([]);
  });

  const bad: [name: string, queries: string[], code: string][] = [
    ["no endpoint", ["lt=60", "lwm2m=1.1", "b=U"], "4.00"],
    ["an empty endpoint", ["ep=", "lt=60", "lwm2m=1.1", "b=U"], "4.00"],
    ["no version", ["ep=a", "lt=60", "b=U"], "4.00"],
    ["another version", ["ep=a", "lt=60", "lwm2m=1.0", "b=U"], "4.12"],
    ["a lifetime that is no number", ["ep=a", "lt=-1", "lwm2m=1.1"], "4.00"],
    ["the queue mode of LwM2M 1.0", ["ep=a", "lwm2m=1.1", "b=UQ"], "4.00"],
    ["a queue mode with a value", ["ep=a", "lwm2m=1.1", "Q=1"], "4.00"],
    ["an unknown parameter", ["ep=a", "lwm2m=1.1", "x=1"], "4.00"],
    ["a parameter given twice", ["ep=a", "ep=b", "lwm2m=1.1"], "4.00"],
  ];
  it.each(bad)("is refused with %s", (_name, queries, code) => {
    const meter = new MeterDouble();
    expect(meter.deliver(meter.registerRequest(queries))[0]?.code).toBe(code);
    expect(meter.headEnd.faults).toHaveLength(1);
  });

  it.each(["", "3/0", "<3/0", "</>", "</3/0>;", "</3/0>,", '</3/0>;ct="112'])(
    "is refused with the object list %j",
    (links) => {
      const meter = new MeterDouble();
      expect(meter.deliver(meter.registerRequest(undefined, links))[0]?.code).toBe("4.00");
    },
  );

  it("is refused when the list is in another content format", () => {
    const meter = new MeterDouble();
    const request = meter.request("rd", ["ep=a", "lwm2m=1.1"], 0, { payload: Buffer.from("</3/0>") });
    expect(meter.deliver(request)[0]?.code).toBe("4.00");
  });

  it("takes the place of an earlier one of the same endpoint", () => {
    const meter = new MeterDouble();
    const first = meter.register();
    const second = meter.register();
    expect(update(meter, first)).toBe("4.04");
    expect(update(meter, second)).toBe("2.04");
  });
});

describe("a registration update", () => {
  it("begins the lifetime anew", () => {
    const meter = new MeterDouble();
    const path = meter.register("meter-1", 100);
    meter.wait(99);
    expect(update(meter, path)).toBe("2.04");
    meter.wait(99);
    expect(update(meter, path)).toBe("2.04");
    meter.wait(100);
    expect(update(meter, path)).toBe("4.04");
  });

  it("changes the lifetime when it says so", () => {
    const meter = new MeterDouble();
    const path = meter.register("meter-1", 100);
    update(meter, path, ["lt=1000"]);
    meter.wait(999);
    expect(update(meter, path)).toBe("2.04");
  });

  it("never expires with a lifetime of 0", () => {
    const meter = new MeterDouble();
    const path = meter.register("meter-1", 0);
    meter.wait(10 * 365 * 86_400);
    expect(update(meter, path)).toBe("2.04");
  });

  it("is refused with bad parameters and stays as it was", () => {
    const meter = new MeterDouble();
    const path = meter.register();
    expect(update(meter, path, ["ep=other"])).toBe("4.00");
    expect(update(meter, path)).toBe("2.04");
  });

  it("replaces the object list", () => {
    const meter = new MeterDouble();
    const path = meter.register();
    const request = meter.request(path, [], 40, { payload: Buffer.from("</3/0>") });
    expect(meter.deliver(request)[0]?.code).toBe("2.04");
    meter.send([
      [0, "/4/0/2"],
      [2, -100],
    ]);
    expect(meter.headEnd.faults).toEqual(["meter-1: object 4 reported, but not registered"]);
  });
});

describe("deregistration", () => {
  it("removes the registration once", () => {
    const meter = new MeterDouble();
    const path = meter.register();
    expect(meter.deliver(meter.request(path, [], undefined, { code: "DELETE" }))[0]?.code).toBe("2.02");
    expect(meter.deliver(meter.request(path, [], undefined, { code: "DELETE" }))[0]?.code).toBe("4.04");
    expect(meter.send(...indexRecords(midnight, [1, 0]))).toBe("4.04");
  });
});

describe("who may send", () => {
  it("is nobody before registration", () => {
    const meter = new MeterDouble();
    expect(meter.send(...indexRecords(midnight, [1, 0]))).toBe("4.04");
    expect(meter.headEnd.reports).toBe(0);
    expect(meter.headEnd.faults).toEqual([]);
  });

  it("is nobody after the lifetime", () => {
    const meter = new MeterDouble();
    meter.register("meter-1", 100);
    meter.wait(100);
    expect(meter.send(...indexRecords(midnight, [1, 0]))).toBe("4.04");
  });

  it("is a device at a new address only after an update from there", () => {
    const meter = new MeterDouble();
    const path = meter.register();
    meter.from = "192.0.2.1:50000";
    expect(meter.send(...indexRecords(midnight, [1, 0]))).toBe("4.04");
    expect(update(meter, path)).toBe("2.04");
    expect(meter.send(...indexRecords(midnight, [1, 0]))).toBe("2.04");
    meter.from = "192.0.2.1:40000";
    expect(meter.send(...indexRecords(midnight, [1, 0]))).toBe("4.04");
  });

  it("is the device that had an address last", () => {
    const meter = new MeterDouble();
    const path = meter.register("meter-1");
    meter.register("meter-2");
    meter.send(...indexRecords(midnight, [1, 0]));
    expect(meter.headEnd.device("meter-1")?.reports).toBe(0);
    expect(meter.headEnd.device("meter-2")?.reports).toBe(1);
    expect(meter.deliver(meter.request(path, [], undefined, { code: "DELETE" }))[0]?.code).toBe("2.02");
    expect(meter.send(...indexRecords(midnight, [1, 0]))).toBe("2.04");
  });

  it("is nobody after a restart, which keeps the readings", () => {
    const meter = new MeterDouble();
    const path = meter.register();
    meter.send(...indexRecords(midnight, [5, 0]));
    meter.headEnd.restart();
    expect(meter.send(...indexRecords(midnight, [5, 0]))).toBe("4.04");
    expect(update(meter, path)).toBe("4.04");
    expect(meter.headEnd.device("meter-1")?.latest?.forwardPulses).toBe(5);
    meter.register();
    expect(meter.send(...indexRecords(midnight, [5, 0]))).toBe("2.04");
    expect(meter.headEnd.reports).toBe(2);
  });

  it("means nothing to a head-end that has fallen silent, which answers nothing", () => {
    const meter = new MeterDouble();
    meter.register();
    meter.send(...indexRecords(midnight, [5, 0]));
    meter.headEnd.fallSilent();
    expect(meter.deliver(meter.registerRequest())).toEqual([]);
    expect(meter.headEnd.device("meter-1")?.reports).toBe(1);
  });
});
