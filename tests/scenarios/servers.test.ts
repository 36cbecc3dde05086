import { describe, expect, it } from "@jest/globals";
import coapPacket, { type Packet, type ParsedPacket } from "coap-packet";
import { contactOutcomeText } from "../../firmware/contracts/contact-outcome.js";
import type { Simulation } from "../../sim/run/simulation.js";
import { readPayload } from "../firmware/uplink/report-reader.js";
import { daySeconds, householdOptions, simulate } from "./run-meter.js";

interface Exchange {
  readonly seconds: number;
  readonly path: string;
  readonly payload: Uint8Array;
}

/** What a server does with a request of the meter: it answers so, or lets the true head-end answer and changes that. */
interface Server {
  answer?(path: string, seconds: number): Packet | undefined;
  change?(reply: ParsedPacket): Packet;
}

/** Puts it in front of the head-end; gives the requests that came, in their order. */
function putInFront({ headEnd, scheduler }: Simulation, server: Server): Exchange[] {
  const exchanges: Exchange[] = [];
  const receive = headEnd.receive.bind(headEnd);
  headEnd.receive = (datagram, from, reply) => {
    const { code, messageId, token, options, payload } = coapPacket.parse(Buffer.from(datagram));
    const segments = options.filter(({ name }) => name === "Uri-Path").map(({ value }) => value.toString());
    const path = segments.join("/");
    const seconds = scheduler.nowMicroseconds / 1e6;
    const isRequest = code.startsWith("0.") && code !== "0.00";
    if (isRequest) exchanges.push({ seconds, path, payload });
    const answer = isRequest ? server.answer?.(path, seconds) : undefined;
    if (answer) reply(coapPacket.generate({ ack: true, messageId, token, ...answer }));
    else
      receive(datagram, from, (bytes) => {
        const parsed = coapPacket.parse(Buffer.from(bytes));
        reply(server.change ? coapPacket.generate(server.change(parsed)) : bytes);
      });
  };
  return exchanges;
}

/** The requests of each contact: what lies less than ten minutes apart. */
function contactsOf(exchanges: readonly Exchange[]): string[][] {
  const contacts: string[][] = [];
  let last = -Infinity;
  for (const { seconds, path } of exchanges) {
    if (seconds - last > 600) contacts.push([]);
    last = seconds;
    contacts.at(-1)?.push(path.replace(/^rd\/.*/, "rd/…"));
  }
  return contacts;
}

function maxAge(seconds: number): NonNullable<Packet["options"]> {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(seconds);
  return [{ name: "Max-Age", value }];
}

/** What the first report of each contact says of the contact before. */
function lastContactsOf(exchanges: readonly Exchange[]): string[] {
  return exchanges
    .filter(({ path }, index) => path === "dp" && exchanges[index - 1]?.path !== path)
    .map(({ payload }) => readPayload(payload).find(({ path }) => path === "/32769/0/0"))
    .map((told) => contactOutcomeText((told?.value ?? 0) as number));
}

describe("the head-end is told how the contact before ended", () => {
  it.each([
    ["rd", "5.00", "register: refused"],
    ["dp", "5.00", "send: refused"],
  ])("when it answered %s with %s, and told once", async (refused, code, expected) => {
    const simulation = simulate(householdOptions(4, 4));
    const exchanges = putInFront(simulation, {
      answer: (path, seconds) => (path === refused && seconds < 7200 ? { code } : undefined),
    });
    const { differences } = await simulation.run();
    expect(differences).toEqual([]);
    const told = lastContactsOf(exchanges.filter(({ seconds }) => seconds >= 7200));
    expect(told.slice(0, 3)).toEqual([expected, "delivered", "delivered"]);
  });

  it("when the network was gone", async () => {
    const outages = [{ fromSeconds: daySeconds, toSeconds: 3 * daySeconds }];
    const simulation = simulate({ ...householdOptions(5, 4), network: { outages } });
    const exchanges = putInFront(simulation, {});
    await simulation.run();
    const told = lastContactsOf(exchanges.filter(({ seconds }) => seconds >= 3 * daySeconds));
    expect(told.slice(0, 2)).toEqual(["attach: no-network", "delivered"]);
  });
});

describe("a registration", () => {
  it.each([
    ["is made anew when it has lapsed, though a few minutes ago", daySeconds - 600, "rd"],
    ["is updated when it has some minutes left", daySeconds + 600, "rd/…"],
  ])("%s", async (_, lifetimeSeconds, first) => {
    const settings = new Map([["registrationLifetimeSeconds", lifetimeSeconds]]);
    const simulation = simulate({ ...householdOptions(5, 4), settings });
    const exchanges = putInFront(simulation, {});
    await simulation.run();
    // From the second on contacts are a day apart.
    const contacts = contactsOf(exchanges).slice(2, 5);
    expect(contacts).toEqual([0, 1, 2].map(() => [first, "dp"]));
  });
});

describe("a server that", () => {
  it.each(["4.00", "4.01", "4.05", "5.00", "2.01"])(
    "answers an update with %s gets a registration in the same contact, and the report",
    async (code) => {
      const simulation = simulate(householdOptions(3, 4));
      const exchanges = putInFront(simulation, {
        answer: (path) => (path.startsWith("rd/") ? { code } : undefined),
      });
      const { differences } = await simulation.run();
      expect(differences).toEqual([]);
      const contacts = contactsOf(exchanges);
      expect(contacts.length).toBeGreaterThan(3);
      for (const contact of contacts.slice(1)) expect(contact).toEqual(["rd/…", "rd", "dp"]);
    },
  );

  it.each([
    ["beyond ASCII", Buffer.from([0x61, 0xe9])],
    ["of zeros", Buffer.from([0, 0])],
    ["of a blank", Buffer.from(" ")],
    ["that is too long", Buffer.from("x".repeat(60))],
  ])("gives a location %s gets a registration in each contact, and the report", async (_, value) => {
    const simulation = simulate(householdOptions(3, 4));
    const exchanges = putInFront(simulation, {
      change: (reply) =>
        reply.code === "2.01" ? { ...reply, options: [{ name: "Location-Path", value }] } : reply,
    });
    const { differences } = await simulation.run();
    expect(differences).toEqual([]);
    for (const contact of contactsOf(exchanges)) expect(contact).toEqual(["rd", "dp"]);
  });

  it.each(["5.03", "4.29"])("wants to be left alone for hours with %s, is", async (code) => {
    const simulation = simulate(householdOptions(2, 4));
    const hours = 3;
    const exchanges = putInFront(simulation, {
      answer: (_, seconds) => (seconds < daySeconds ? { code, options: maxAge(hours * 3600) } : undefined),
    });
    const { differences } = await simulation.run();
    expect(differences).toEqual([]);
    const pauses = exchanges
      .slice(1, 5)
      .map(({ seconds }, index) => seconds - (exchanges[index]?.seconds ?? 0));
    for (const pause of pauses) expect(pause).toBeGreaterThan(hours * 3600);
    expect(contactsOf(exchanges)[0]).toEqual(["rd"]);
  });

  it("wants to be left alone for years, is for a day", async () => {
    const simulation = simulate(householdOptions(4, 4));
    const exchanges = putInFront(simulation, {
      answer: (_, seconds) =>
        seconds < daySeconds ? { code: "5.03", options: maxAge(0xffffffff) } : undefined,
    });
    const { differences } = await simulation.run();
    expect(differences).toEqual([]);
    expect((exchanges[1]?.seconds ?? 0) - (exchanges[0]?.seconds ?? 0)).toBeLessThan(1.2 * daySeconds);
  });
});
