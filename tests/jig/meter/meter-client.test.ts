import { beforeEach, describe, expect, it } from "@jest/globals";
import fastCheck from "fast-check";

import { sealLine } from "../../../firmware/contracts/service-line.js";
import { MeterClient } from "../../../jig/meter/meter-client.js";
import { AnswerLost, NoAnswer, PortLost, MeterRefusal } from "../../../jig/meter/meter-errors.js";
import { fakeIdentity, FakeMeter } from "../fake-meter.js";
import { VirtualSlotClock } from "../virtual-slot-clock.js";

let clock: VirtualSlotClock;
let meter: FakeMeter;
let client: MeterClient;

beforeEach(() => {
  clock = new VirtualSlotClock();
  meter = new FakeMeter(clock, (request) => {
    meter.result(request, fakeIdentity);
  });
  client = new MeterClient(meter, clock);
});

describe("a meter's client", () => {
  it("asks and gives the answer with the time at which it came", async () => {
    const { result, atMilliseconds } = await client.request("identify", {});
    expect(result).toEqual(fakeIdentity);
    expect(atMilliseconds).toBe(5);
    expect(meter.requests).toEqual([{ jsonrpc: "2.0", id: 1, method: "identify" }]);
  });

  it("sends parameters as the protocol names them", async () => {
    await client.request("sleep", { seconds: 30 });
    expect(meter.requests[0]).toMatchObject({ method: "sleep", params: { seconds: 30 } });
  });

  it("wakes a meter that doesn't answer and asks again", async () => {
    meter.handle = (request) => {
      if (meter.wakes > 0) meter.result(request, fakeIdentity);
    };
    await expect(client.request("identify", {})).resolves.toMatchObject({ result: fakeIdentity });
    expect(client.counts).toEqual({ damagedLines: 0, repeatedRequests: 1 });
  });

  it("asks again when its request was damaged on the way", async () => {
    meter.handle = (request) => {
      if (meter.requests.length > 1) meter.result(request, fakeIdentity);
      else meter.say({ jsonrpc: "2.0", id: null, error: { code: -32700, message: "damaged" } });
    };
    await expect(client.request("identify", {})).resolves.toMatchObject({ result: fakeIdentity });
    expect(client.counts).toEqual({ damagedLines: 1, repeatedRequests: 1 });
  });

  it("does not ask again what must not be done twice", async () => {
    await client.request("identify", {});
    meter.handle = (request) => {
      if (request.method === "identify") meter.result(request, fakeIdentity);
      else meter.raw("\u00ff{damaged*0000\r\n");
    };
    await expect(client.request("moveValve", { direction: "open" }, { isRepeatable: false })).rejects.toThrow(
      AnswerLost,
    );
    expect(meter.requests.map(({ method }) => method)).toEqual(["identify", "moveValve", "identify"]);
  });

  it("tells a lost answer from a meter that has gone", async () => {
    await client.request("identify", {});
    meter.handle = () => undefined;
    await expect(client.request("moveValve", { direction: "open" }, { isRepeatable: false })).rejects.toThrow(
      /the unit stopped answering at move valve/,
    );
  });

  it("waits for the answer to its first request while the meter is busy with it", async () => {
    meter.handle = (request) => {
      if (meter.requests.length > 1) meter.error(request, { code: -32003, message: "busy" });
      else meter.result(request, fakeIdentity, 1500);
    };
    await expect(client.request("identify", {})).resolves.toMatchObject({ result: fakeIdentity });
    expect(clock.nowMilliseconds).toBe(1500);
  });

  it("hears when a window begins", async () => {
    meter.handle = (request) => {
      meter.say({ jsonrpc: "2.0", method: "mark", params: { ticks: 77 } }, 10);
      meter.result(request, { startTicks: 77, endTicks: 177 }, 110);
    };
    const marks: unknown[] = [];
    await client.request(
      "clockDrift",
      { windowMilliseconds: 100 },
      { onMark: (mark, at) => marks.push([mark, at]) },
    );
    expect(marks).toEqual([[{ ticks: 77 }, 10]]);
  });

  it("tells a refusal by its code", async () => {
    meter.handle = (request) => {
      meter.error(request, { code: -32001, message: "the meter is locked" });
    };
    const error = await client.request("lock", {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MeterRefusal);
    expect(error).toMatchObject({
      message: "lock was refused: the meter is locked (-32001)",
      error: { code: -32001 },
    });
  });

  it("says that nothing answers", async () => {
    meter.handle = () => undefined;
    await expect(client.request("identify", {})).rejects.toThrow(
      new NoAnswer("nothing answers at fake; check that a meter is in the slot and has power"),
    );
  });

  it("says that what answers is no meter", async () => {
    meter.handle = () => {
      meter.raw("login: \r\n");
    };
    await expect(client.request("identify", {})).rejects.toThrow(/what is at fake is no meter/);
  });

  it("says that the meter stopped answering", async () => {
    await client.request("identify", {});
    meter.handle = () => undefined;
    await expect(client.request("rails", {})).rejects.toThrow(/the unit stopped answering at rails/);
  });

  it("ends at once when the port is lost, and with every request after it", async () => {
    meter.handle = () => {
      meter.onLost?.("fake: the port has gone");
    };
    await expect(client.request("identify", {})).rejects.toThrow(new PortLost("fake: the port has gone"));
    await expect(client.request("identify", {})).rejects.toThrow(PortLost);
  });

  it("ignores answers to what it no longer asks", async () => {
    meter.handle = (request) => {
      meter.say({ jsonrpc: "2.0", id: request.id + 7, result: "another's" }, 1);
      meter.result(request, fakeIdentity, 2);
    };
    await expect(client.request("identify", {})).resolves.toMatchObject({ result: fakeIdentity });
  });

  it("finds the answer after any noise that ends before it", async () => {
    await fastCheck.assert(
      fastCheck.asyncProperty(fastCheck.uint8Array({ maxLength: 4000 }), async (noise) => {
        meter.handle = (request) => {
          const answer = sealLine(JSON.stringify({ jsonrpc: "2.0", id: request.id, result: fakeIdentity }));
          meter.raw(`${Buffer.from(noise).toString("latin1")}\r\n${answer}\r\n`);
        };
        const { result } = await client.request("identify", {}, { isRepeatable: false });
        expect(result).toEqual(fakeIdentity);
      }),
      { numRuns: 50 },
    );
  });
});
