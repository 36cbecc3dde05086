import { describe, expect, it } from "@jest/globals";
import type { OptionName, Packet } from "coap-packet";
import { Lwm2mClient } from "../../../../firmware/wire/lwm2m/client.js";
import { createFixture, watch } from "../coap/fixture.js";
import type { ScriptedChannel } from "../coap/scripted-channel.js";
import { settle, type VirtualClock } from "../../../virtual-clock.js";

const objects = '</>;rt="oma.lwm2m";ct=112,</1/0>,</3/0>,</3424/0>';
const registration = { endpointName: "urn:dev:ops:TALLY-W1-0001", lifetimeSeconds: 172_800, objects };
const location = ["rd", "5a3f"];

interface Bench {
  readonly client: Lwm2mClient;
  readonly channel: ScriptedChannel;
  readonly clock: VirtualClock;
}

function createBench(): Bench {
  const { channel, clock, endpoint } = createFixture();
  return { client: new Lwm2mClient(endpoint), channel, clock };
}

/** Starts an operation, answers its request and gives the outcome. */
async function run<Value>(
  { channel }: Bench,
  operation: () => Promise<Value>,
  answer: Packet,
): Promise<Value | undefined> {
  const watched = watch(operation());
  await settle();
  const { messageId, token } = channel.last;
  channel.receive({ ack: true, messageId, token, ...answer });
  await settle();
  return watched.value;
}

function option(name: OptionName, text: string): { name: OptionName; value: Buffer } {
  return { name, value: Buffer.from(text) };
}

function lastRequest({ channel }: Bench): unknown {
  const { code, options, payload } = channel.last;
  const texts = options.map(({ name, value }) =>
    name === "Content-Format"
      ? `${name}=${value.readUIntBE(0, value.length)}`
      : `${name}=${value.toString()}`,
  );
  return { code, options: texts, payload: payload.toString() };
}

describe("Lwm2mClient", () => {
  it("registers and learns where", async () => {
    const bench = createBench();
    const outcome = await run(bench, () => bench.client.register(registration), {
      code: "2.01",
      options: [option("Location-Path", "rd"), option("Location-Path", "5a3f")],
    });
    expect(outcome).toEqual({ ok: true, value: location });
    expect(lastRequest(bench)).toEqual({
      code: "0.02",
      options: [
        "Uri-Path=rd",
        "Content-Format=40",
        "Uri-Query=ep=urn:dev:ops:TALLY-W1-0001",
        "Uri-Query=lt=172800",
        "Uri-Query=lwm2m=1.1",
        "Uri-Query=b=U",
        "Uri-Query=Q",
      ],
      payload: objects,
    });
  });

  it("says with which code the server refused a registration", async () => {
    const bench = createBench();
    const outcome = await run(bench, () => bench.client.register(registration), { code: "4.03" });
    expect(outcome).toEqual({ ok: false, code: "refused", detail: "4.03" });
  });

  it.each([
    ["5.03", [{ name: "Max-Age", value: Buffer.from([0x0e, 0x10]) }], 3600],
    ["4.29", [{ name: "Max-Age", value: Buffer.from([0x0a]) }], 10],
    ["5.03", [], 60],
    ["5.00", [{ name: "Max-Age", value: Buffer.from([0x0a]) }], 0],
  ] as const)(
    "says for how long a server that answers %s with %j wants to be left alone",
    async (code, options, seconds) => {
      const bench = createBench();
      await run(bench, () => bench.client.send(Uint8Array.of(0x80)), { code, options: [...options] });
      expect(bench.client.waitSeconds).toBe(seconds);
      await run(bench, () => bench.client.send(Uint8Array.of(0x80)), { code: "2.04" });
      expect(bench.client.waitSeconds).toBe(0);
    },
  );

  it("has no use for a registration without a location", async () => {
    const bench = createBench();
    const outcome = await run(bench, () => bench.client.register(registration), { code: "2.01" });
    expect(outcome).toMatchObject({ ok: false, code: "bad-response" });
  });

  it("updates at the registration's location", async () => {
    const bench = createBench();
    expect(await run(bench, () => bench.client.update(location), { code: "2.04" })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(lastRequest(bench)).toEqual({
      code: "0.02",
      options: ["Uri-Path=rd", "Uri-Path=5a3f"],
      payload: "",
    });
  });

  it("updates the lifetime", async () => {
    const bench = createBench();
    await run(bench, () => bench.client.update(location, { lifetimeSeconds: 86_400 }), { code: "2.04" });
    expect(lastRequest(bench)).toMatchObject({
      options: ["Uri-Path=rd", "Uri-Path=5a3f", "Uri-Query=lt=86400"],
    });
  });

  it("learns from an update that the server has forgotten the registration", async () => {
    const bench = createBench();
    const outcome = await run(bench, () => bench.client.update(location), { code: "4.04" });
    expect(outcome).toEqual({ ok: false, code: "not-registered" });
  });

  it("sends a SenML pack", async () => {
    const bench = createBench();
    const outcome = await run(bench, () => bench.client.send(Uint8Array.of(0x41, 0x42)), { code: "2.04" });
    expect(outcome).toEqual({ ok: true, value: undefined });
    expect(lastRequest(bench)).toEqual({
      code: "0.02",
      options: ["Uri-Path=dp", "Content-Format=112"],
      payload: "AB",
    });
  });

  it("does not take another success for the one that it expects", async () => {
    const bench = createBench();
    const outcome = await run(bench, () => bench.client.send(Uint8Array.of(1)), { code: "2.05" });
    expect(outcome).toEqual({ ok: false, code: "refused", detail: "2.05" });
  });

  it("hands on that nobody answers", async () => {
    const bench = createBench();
    const outcomes = [
      () => bench.client.register(registration),
      () => bench.client.update(location),
      () => bench.client.send(Uint8Array.of(1)),
    ];
    for (const operation of outcomes) {
      const watched = watch<unknown>(operation());
      await bench.clock.advance(400_000);
      expect(watched.value).toEqual({ ok: false, code: "timed-out" });
    }
  });
});
