import { describe, expect, it } from "@jest/globals";
import { generate, parse } from "coap-packet";
import { transmission } from "../../../sim/head-end/coap-server.js";
import { indexRecords, encodeSenml, MeterDouble, midnight } from "./meter-double.js";

function report(meter: MeterDouble): Buffer {
  return meter.sendRequest(encodeSenml(...indexRecords(midnight, [7, 0])));
}

describe("the head-end's CoAP server", () => {
  it("answers a confirmable request inside the acknowledgement", () => {
    const meter = new MeterDouble();
    const request = meter.registerRequest();
    const [response] = meter.deliver(request);
    expect(response).toMatchObject({ ack: true, code: "2.01", messageId: parse(request).messageId });
    expect(response?.token.toString("hex")).toBe("c0ffee");
  });

  it("answers a non-confirmable request by a non-confirmable response", () => {
    const meter = new MeterDouble();
    meter.register();
    const payload = encodeSenml(...indexRecords(midnight, [7, 0]));
    const [response] = meter.deliver(meter.request("dp", [], 112, { payload, confirmable: false }));
    expect(response).toMatchObject({ ack: false, confirmable: false, reset: false, code: "2.04" });
    expect(response?.token.toString("hex")).toBe("c0ffee");
  });

  it("gives a repeated request the same answer without processing it again", () => {
    const meter = new MeterDouble();
    meter.register();
    const request = report(meter);
    const first = meter.deliver(request);
    meter.wait(transmission.exchangeLifetimeSeconds - 1);
    expect(meter.deliver(request)).toEqual(first);
    expect(meter.headEnd.reports).toBe(1);
    expect(meter.headEnd.duplicateRequests).toBe(1);
    expect(meter.headEnd.faults).toEqual([]);
  });

  it("stays silent on a repeated non-confirmable request", () => {
    const meter = new MeterDouble();
    meter.register();
    const payload = encodeSenml(...indexRecords(midnight, [7, 0]));
    const request = meter.request("dp", [], 112, { payload, confirmable: false });
    meter.deliver(request);
    expect(meter.deliver(request)).toEqual([]);
    expect(meter.headEnd.reports).toBe(1);
  });

  it("takes a message id as new after EXCHANGE_LIFETIME", () => {
    const meter = new MeterDouble();
    meter.register();
    const request = report(meter);
    meter.deliver(request);
    meter.wait(transmission.exchangeLifetimeSeconds);
    meter.deliver(request);
    expect(meter.headEnd.reports).toBe(2);
  });

  it("keeps equal message ids of two senders apart", () => {
    const meter = new MeterDouble();
    const request = meter.registerRequest();
    meter.deliver(request);
    meter.from = "192.0.2.2:40000";
    expect(meter.deliver(request)[0]?.code).toBe("2.01");
    expect(meter.headEnd.duplicateRequests).toBe(0);
  });

  it("records a message id that is used for two different requests", () => {
    const meter = new MeterDouble();
    const request = meter.registerRequest();
    const { messageId } = parse(request);
    meter.deliver(request);
    meter.deliver(meter.request("dp", [], 112, { messageId }));
    expect(meter.headEnd.faults).toEqual([
      `192.0.2.1:40000: message id ${messageId} used for two different requests`,
    ]);
  });

  it("answers a ping by a reset", () => {
    const meter = new MeterDouble();
    const [response] = meter.deliver(generate({ confirmable: true, code: "0.00", messageId: 4711 }));
    expect(response).toMatchObject({ reset: true, code: "0.00", messageId: 4711 });
    expect(meter.headEnd.faults).toEqual([]);
  });

  it("rejects a confirmable response that nothing asked for, and ignores other strays", () => {
    const meter = new MeterDouble();
    const response = { code: "2.05", messageId: 9 };
    expect(meter.deliver(generate({ ...response, confirmable: true }))[0]).toMatchObject({
      reset: true,
      messageId: 9,
    });
    expect(meter.deliver(generate({ ...response, ack: true }))).toEqual([]);
    expect(meter.deliver(generate({ code: "0.00", ack: true, messageId: 9 }))).toEqual([]);
    expect(meter.deliver(generate({ code: "0.00", reset: true, messageId: 9 }))).toEqual([]);
    expect(meter.deliver(generate({ code: "0.00", messageId: 9 }))).toEqual([]);
  });

  it("refuses a request with a critical option it does not know", () => {
    const meter = new MeterDouble();
    const options = [
      { name: "Uri-Path", value: Buffer.from("dp") },
      { name: 9001, value: Buffer.from([1]) },
    ];
    expect(meter.deliver(generate({ code: "POST", confirmable: true, messageId: 1, options }))[0]?.code).toBe(
      "4.02",
    );
    expect(meter.deliver(generate({ code: "POST", confirmable: false, messageId: 2, options }))).toEqual([]);
    expect(meter.headEnd.faults).toHaveLength(2);
  });

  it("ignores an elective option it does not know", () => {
    const meter = new MeterDouble();
    const { options } = parse(meter.registerRequest());
    const unknown = { name: 9000, value: Buffer.from([1]) };
    const request = meter.request("rd", [], undefined, {
      options: [...options, unknown],
      payload: Buffer.from("</3/0>"),
    });
    expect(meter.deliver(request)[0]?.code).toBe("2.01");
  });

  it("refuses other paths and methods", () => {
    const meter = new MeterDouble();
    const path = meter.register();
    expect(meter.deliver(meter.request("bs", ["ep=meter-1"], undefined, {}))[0]?.code).toBe("4.04");
    expect(meter.deliver(meter.request("dp", [], undefined, { code: "GET" }))[0]?.code).toBe("4.05");
    expect(meter.deliver(meter.request(path, [], undefined, { code: "PUT" }))[0]?.code).toBe("4.05");
    expect(meter.headEnd.faults).toHaveLength(3);
  });

  it("keeps a diagnostic short however long the request is", () => {
    const meter = new MeterDouble();
    const [response] = meter.deliver(meter.request("x".repeat(250), [], undefined, {}));
    expect(response?.code).toBe("4.04");
    expect(response?.payload.length).toBeLessThanOrEqual(60);
  });
});

describe("a malformed datagram", () => {
  const cases: [name: string, hex: string, reset: boolean][] = [
    ["an empty one", "", false],
    ["a header cut short", "4002", false],
    ["another version", "80020001", false],
    ["a token cut short", "440200010102", true],
    ["a token length that is reserved", "49020001010203040506070809", true],
    ["an option cut short", "40020001b57264", true],
    ["an option delta of 15", "40020001f0", true],
    ["a payload marker without payload", "40020001b27264ff", true],
    ["an empty message with a token", "4100000101", true],
    ["a reserved code class", "40e00001", true],
    ["a non-confirmable one", "54020001", false],
  ];
  it.each(cases)("is counted and, when confirmable, reset: %s", (_name, hex, isReset) => {
    const meter = new MeterDouble();
    const replies = meter.deliver(Buffer.from(hex, "hex"));
    expect(replies).toHaveLength(isReset ? 1 : 0);
    if (isReset) expect(replies[0]).toMatchObject({ reset: true, messageId: 1 });
    expect(meter.headEnd.malformedDatagrams).toBe(1);
    expect(meter.headEnd.faults).toHaveLength(1);
  });

  it("is a request inside an acknowledgement, too", () => {
    const meter = new MeterDouble();
    expect(meter.deliver(generate({ code: "POST", ack: true, messageId: 1 }))).toEqual([]);
    expect(meter.headEnd.malformedDatagrams).toBe(1);
  });
});

describe("a separate response", () => {
  it("follows an empty acknowledgement and ends with the client's acknowledgement", () => {
    const meter = new MeterDouble({ separateResponseProbability: 1 });
    const request = meter.registerRequest();
    const [acknowledgement] = meter.deliver(request);
    expect(acknowledgement).toMatchObject({ ack: true, code: "0.00", messageId: parse(request).messageId });
    meter.wait(5);
    const response = meter.replies[1];
    expect(response).toMatchObject({ confirmable: true, code: "2.01" });
    expect(response?.token.toString("hex")).toBe("c0ffee");
    meter.deliver(generate({ ack: true, code: "0.00", messageId: response?.messageId ?? 0 }));
    meter.wait(1000);
    expect(meter.replies).toHaveLength(2);
    expect(meter.headEnd.separateResponses).toBe(1);
  });

  it("comes again with doubling pauses until the server gives up", () => {
    const meter = new MeterDouble({ separateResponseProbability: 1 });
    meter.deliver(meter.registerRequest());
    const times: number[] = [];
    let seen = meter.replies.length;
    while (meter.world.step()) {
      if (meter.replies.length > seen) times.push(meter.world.nowMicroseconds / 1e6);
      seen = meter.replies.length;
    }
    const pauses = times.slice(1).map((time, position) => time - (times[position] ?? 0));
    expect(pauses).toHaveLength(4);
    expect(pauses[0]).toBeGreaterThanOrEqual(10);
    expect(pauses[0]).toBeLessThan(15);
    for (const [position, pause] of pauses.entries())
      expect(pause).toBeCloseTo((pauses[0] ?? 0) * 2 ** position, 3);
    expect(new Set(meter.replies.slice(1).map(({ messageId }) => messageId)).size).toBe(1);
  });

  it("stops when the client resets it", () => {
    const meter = new MeterDouble({ separateResponseProbability: 1 });
    meter.deliver(meter.registerRequest());
    meter.wait(5);
    meter.deliver(generate({ reset: true, code: "0.00", messageId: meter.replies[1]?.messageId ?? 0 }));
    meter.wait(1000);
    expect(meter.replies).toHaveLength(2);
    expect(meter.headEnd.resetResponses).toBe(1);
  });

  it("does not come twice for a repeated request", () => {
    const meter = new MeterDouble({ separateResponseProbability: 1 });
    const request = meter.registerRequest();
    const first = meter.deliver(request);
    expect(meter.deliver(request)).toEqual(first);
    expect(meter.headEnd.separateResponses).toBe(1);
  });

  it("is forgotten when the head-end restarts", () => {
    const meter = new MeterDouble({ separateResponseProbability: 1 });
    meter.deliver(meter.registerRequest());
    meter.headEnd.restart();
    meter.wait(1000);
    expect(meter.replies).toHaveLength(1);
  });

  it("is drawn from the seed", () => {
    const draw = (): number[] => {
      const meter = new MeterDouble({ separateResponseProbability: 0.3 });
      for (let request = 0; request < 50; request++) meter.deliver(meter.registerRequest());
      return meter.replies.map(({ code }) => (code === "0.00" ? 1 : 0));
    };
    const drawn = draw();
    expect(drawn).toEqual(draw());
    expect(drawn).toContain(0);
    expect(drawn).toContain(1);
  });
});
