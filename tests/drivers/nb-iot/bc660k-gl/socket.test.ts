import { describe, expect, it } from "@jest/globals";
import type { DatagramSocket } from "../../../../drivers/nb-iot/modem.js";
import { type Bench, createBench } from "../bench.js";

const open = 'AT+QIOPEN=0,0,"UDP","198.51.100.7",5684,0,0';

interface SocketBench extends Bench {
  readonly socket: DatagramSocket;
  readonly received: Uint8Array[];
}

async function createSocketBench(): Promise<SocketBench> {
  const bench = createBench();
  bench.modem.on(open, "OK", "+QIOPEN: 0,0");
  const outcome = await bench.clock.until(bench.driver.openSocket("198.51.100.7", 5684));
  if (!outcome.ok) throw new Error(outcome.code);
  const received: Uint8Array[] = [];
  outcome.value.onDatagram = (datagram) => received.push(datagram);
  return { ...bench, socket: outcome.value, received };
}

function sequence(length: number, first = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (first + index) & 0xff);
}

function readAnswer(bytes: Uint8Array, remaining: number): string {
  return `+QIRD: ${bytes.length},${remaining},"${Buffer.from(bytes).toString("hex").toUpperCase()}"`;
}

describe("opening a socket", () => {
  it("waits for the network to resolve and connect", async () => {
    const { clock, modem, driver } = createBench();
    modem.on(open, "OK", { text: "\r\n+QIOPEN: 0,0\r\n", after: 55_000 });
    expect((await clock.until(driver.openSocket("198.51.100.7", 5684))).ok).toBe(true);
  });

  it.each([
    ["a code", ["OK", "+QIOPEN: 0,563"]],
    ["an error", ["ERROR"]],
  ])("frees a socket that was left open: %s", async (_, refusal) => {
    const { clock, modem, driver } = createBench();
    modem.on(open, ...refusal).on(open, "OK", "+QIOPEN: 0,0");
    expect((await clock.until(driver.openSocket("198.51.100.7", 5684))).ok).toBe(true);
    expect(modem.commands.filter((command) => !command.startsWith("AT+QIRD"))).toEqual([
      open,
      "AT+QICLOSE=0",
      open,
    ]);
  });

  it("reports a refusal that lasts, and leaves no socket behind", async () => {
    const { clock, modem, driver } = createBench();
    modem.on(open, "OK", "+QIOPEN: 0,565");
    expect(await clock.until(driver.openSocket("198.51.100.7", 5684))).toEqual({
      ok: false,
      code: "refused",
      detail: "+QIOPEN: 0,565",
    });
    expect(modem.commands.at(-1)).toBe("AT+QICLOSE=0");
    expect(clock.pendingTimers).toBe(0);
  });

  it("ends when the network stays silent", async () => {
    const { clock, modem, driver } = createBench();
    modem.on(open, "OK");
    expect(await clock.until(driver.openSocket("198.51.100.7", 5684))).toMatchObject({ code: "timed-out" });
  });

  it("rejects hosts and ports that can't be", async () => {
    const { driver } = createBench();
    await expect(driver.openSocket('a"b', 5684)).rejects.toThrow(RangeError);
    await expect(driver.openSocket("198.51.100.7", 0)).rejects.toThrow(RangeError);
  });

  it("closes the socket before it", async () => {
    const { clock, modem, driver, socket } = await createSocketBench();
    expect((await clock.until(driver.openSocket("198.51.100.7", 5684))).ok).toBe(true);
    expect(modem.commands).toContain("AT+QICLOSE=0");
    expect(await clock.until(socket.send(sequence(1), "none"))).toMatchObject({ ok: false, code: "refused" });
  });
});

describe("sending", () => {
  it.each([
    ["none", 'AT+QISEND=0,4,"0001FEFF"'],
    ["after-this", 'AT+QISEND=0,4,"0001FEFF",1'],
    ["after-reply", 'AT+QISEND=0,4,"0001FEFF",2'],
  ] as const)("hands over hexadecimal digits and asks for release %s", async (release, command) => {
    const { clock, modem, socket } = await createSocketBench();
    modem.on(command, "OK", { text: "\r\nSEND OK\r\n", after: 2000 });
    const outcome = await clock.until(socket.send(Uint8Array.of(0, 1, 254, 255), release));
    expect(outcome).toEqual({ ok: true, value: undefined });
  });

  it.each([
    [["OK", "SEND FAIL"], "refused"],
    [["+CME ERROR: 50"], "refused"],
    [["OK"], "timed-out"],
  ])("reports %p", async (answers, code) => {
    const { clock, modem, socket } = await createSocketBench();
    modem.on('AT+QISEND=0,1,"00"', ...answers);
    expect(await clock.until(socket.send(sequence(1), "none"))).toMatchObject({ ok: false, code });
  });

  it("takes 1 to 512 bytes", async () => {
    const { clock, modem, socket } = await createSocketBench();
    const command = `AT+QISEND=0,512,"${Buffer.from(sequence(512)).toString("hex").toUpperCase()}"`;
    modem.on(command, "OK", "SEND OK");
    expect((await clock.until(socket.send(sequence(512), "none"))).ok).toBe(true);
    await expect(socket.send(sequence(513), "none")).rejects.toThrow(RangeError);
    await expect(socket.send(sequence(0), "none")).rejects.toThrow(RangeError);
  });

  it("waits for a read that is under way", async () => {
    const { clock, modem, socket, received } = await createSocketBench();
    modem.instead("AT+QIRD=0,512", { text: `\r\n${readAnswer(sequence(3), 0)}\r\n\r\nOK\r\n`, after: 400 });
    modem.on("AT+QIRD=0,512", "+QIRD: 0", "OK").on('AT+QISEND=0,1,"00"', "OK", "SEND OK");
    modem.say('\r\n+QIURC: "recv",0,3\r\n');
    await clock.advance(100);
    expect((await clock.until(socket.send(sequence(1), "none"))).ok).toBe(true);
    expect(received).toEqual([sequence(3)]);
  });

  it("is refused on a socket that the network has closed", async () => {
    const { clock, modem, socket } = await createSocketBench();
    modem.say('\r\n+QIURC: "closed",0\r\n');
    await clock.advance(10);
    expect(await clock.until(socket.send(sequence(1), "none"))).toMatchObject({ ok: false, code: "refused" });
  });

  it("is refused once the modem has restarted", async () => {
    const { clock, modem, socket } = await createSocketBench();
    modem.say("\r\nRDY\r\n");
    await clock.advance(10);
    expect(await clock.until(socket.send(sequence(1), "none"))).toMatchObject({ ok: false, code: "refused" });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("a socket that is lost", () => {
  it.each([
    ["when the modem has restarted", "RDY"],
    ["when the network has closed it", '+QIURC: "closed",0'],
    ["when the connection is gone", '+QIURC: "pdpdeact",0'],
  ])("says so %s", async (_, line) => {
    const { clock, modem, socket } = await createSocketBench();
    let losses = 0;
    socket.onLost = () => losses++;
    modem.say(`\r\n${line}\r\n`);
    await clock.advance(10);
    expect(losses).toBe(1);
  });

  it("ends a sending at once when the modem has restarted, and says nothing more to it", async () => {
    const { clock, modem, socket } = await createSocketBench();
    modem.on('AT+QISEND=0,1,"00"', "OK");
    const sent = socket.send(sequence(1), "none");
    await clock.advance(100);
    modem.say("\r\nRDY\r\n");
    expect(await clock.until(sent)).toMatchObject({ ok: false, code: "refused" });
    expect(clock.ticks).toBeLessThan(1000);
    const { length } = modem.commands;
    await clock.until(socket.close());
    expect(modem.commands).toHaveLength(length);
  });
});

describe("receiving", () => {
  it("reads until the buffer is empty", async () => {
    const { clock, modem, received } = await createSocketBench();
    modem.instead("AT+QIRD=0,512", readAnswer(sequence(20), 30), "OK");
    modem.on("AT+QIRD=0,512", readAnswer(sequence(30, 7), 0), "OK").on("AT+QIRD=0,512", "+QIRD: 0", "OK");
    modem.say('\r\n+QIURC: "recv",0\r\n');
    await clock.advance(1000);
    expect(received).toEqual([sequence(20), sequence(30, 7)]);
    expect(modem.commands.filter((command) => command === "AT+QIRD=0,512").length).toBe(3);
  });

  it.each([1, 7, 64, 5000])(
    "joins a datagram longer than one read, in pieces of %d bytes",
    async (pieceLength) => {
      const { clock, modem, received } = await createSocketBench();
      modem.pieceLength = pieceLength;
      modem.instead("AT+QIRD=0,512", readAnswer(sequence(512), 688), "OK");
      modem.on("AT+QIRD=0,512", readAnswer(sequence(512), 176), "OK");
      modem.on("AT+QIRD=0,512", readAnswer(sequence(176), 0), "OK").on("AT+QIRD=0,512", "+QIRD: 0", "OK");
      modem.say('\r\n+QIURC: "recv",0,1200\r\n');
      await clock.advance(8000);
      expect(received).toEqual([sequence(1200)]);
    },
  );

  it("takes a full read with nothing behind it for a whole datagram", async () => {
    const { clock, modem, received } = await createSocketBench();
    modem.instead("AT+QIRD=0,512", readAnswer(sequence(512), 0), "OK");
    modem.on("AT+QIRD=0,512", readAnswer(sequence(5), 0), "OK").on("AT+QIRD=0,512", "+QIRD: 0", "OK");
    modem.say('\r\n+QIURC: "recv",0\r\n');
    await clock.advance(1000);
    expect(received).toEqual([sequence(512), sequence(5)]);
  });

  it("understands a modem that does not say what remains", async () => {
    const { clock, modem, received } = await createSocketBench();
    modem.instead("AT+QIRD=0,512", '+QIRD: 2,"A0FF"', "OK").on("AT+QIRD=0,512", "+QIRD: 0", "OK");
    modem.say('\r\n+QIURC: "recv",0\r\n');
    await clock.advance(1000);
    expect(received).toEqual([Uint8Array.of(160, 255)]);
  });

  it("hears a notice that is glued behind SEND OK", async () => {
    const { clock, modem, socket, received } = await createSocketBench();
    modem.on('AT+QISEND=0,1,"00"', "OK", { text: '\r\nSEND OK+QIURC: "recv",0\r\n' });
    modem.instead("AT+QIRD=0,512", readAnswer(sequence(9), 0), "OK").on("AT+QIRD=0,512", "+QIRD: 0", "OK");
    expect((await clock.until(socket.send(sequence(1), "none"))).ok).toBe(true);
    await clock.advance(1000);
    expect(received).toEqual([sequence(9)]);
  });

  it("keeps a datagram whose digits another line interrupts", async () => {
    const { clock, modem, received } = await createSocketBench();
    modem.instead("AT+QIRD=0,512", {
      text: '\r\n+QIRD: 4,0,"0001\r\n+QIURC: "recv",0\r\n0203"\r\n\r\nOK\r\n',
    });
    modem.on("AT+QIRD=0,512", "+QIRD: 0", "OK");
    modem.say('\r\n+QIURC: "recv",0\r\n');
    await clock.advance(1000);
    expect(received).toEqual([sequence(4)]);
  });

  it("looks again when a notice comes during the last read", async () => {
    const { clock, modem, received } = await createSocketBench();
    modem.instead("AT+QIRD=0,512", "+QIRD: 0", { text: '\r\nOK\r\n\r\n+QIURC: "recv",0\r\n' });
    modem.on("AT+QIRD=0,512", readAnswer(sequence(6), 0), "OK").on("AT+QIRD=0,512", "+QIRD: 0", "OK");
    modem.say('\r\n+QIURC: "recv",0\r\n');
    await clock.advance(1000);
    expect(received).toEqual([sequence(6)]);
  });

  it("finds a datagram whose notice got lost", async () => {
    const { clock, modem, received } = await createSocketBench();
    modem.instead("AT+QIRD=0,512", readAnswer(sequence(8), 0), "OK").on("AT+QIRD=0,512", "+QIRD: 0", "OK");
    await clock.advance(6000);
    expect(received).toEqual([sequence(8)]);
  });

  it("goes on looking while the socket is open", async () => {
    const { clock, modem, received } = await createSocketBench();
    await clock.advance(21_000);
    modem.instead("AT+QIRD=0,512", readAnswer(sequence(8), 0), "OK").on("AT+QIRD=0,512", "+QIRD: 0", "OK");
    await clock.advance(5000);
    expect(received).toEqual([sequence(8)]);
  });

  it("drops what is not whole and goes on", async () => {
    const { clock, modem, received } = await createSocketBench();
    modem.instead("AT+QIRD=0,512", '+QIRD: 4,5,"0001"', "OK");
    modem.on("AT+QIRD=0,512", readAnswer(sequence(5), 0), "OK").on("AT+QIRD=0,512", "+QIRD: 0", "OK");
    modem.say('\r\n+QIURC: "recv",0\r\n');
    await clock.advance(1000);
    expect(received).toEqual([sequence(5)]);
  });

  it("ignores notices for other sockets", async () => {
    const { clock, modem } = await createSocketBench();
    modem.say('\r\n+QIURC: "recv",3\r\n');
    await clock.advance(1000);
    expect(modem.commands).toEqual([open]);
  });

  it("leaves a modem that fails to answer to the next poll", async () => {
    const { clock, modem, received } = await createSocketBench();
    modem.instead("AT+QIRD=0,512", "ERROR").on("AT+QIRD=0,512", readAnswer(sequence(2), 0), "OK");
    modem.on("AT+QIRD=0,512", "+QIRD: 0", "OK");
    modem.say('\r\n+QIURC: "recv",0\r\n');
    await clock.advance(6000);
    expect(received).toEqual([sequence(2)]);
  });
});

describe("closing a socket", () => {
  it("frees it in the modem once, and ends the polling", async () => {
    const { clock, modem, socket } = await createSocketBench();
    await clock.until(Promise.all([socket.close(), socket.close()]));
    await clock.advance(60_000);
    expect(modem.commands).toEqual([open, "AT+QICLOSE=0"]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("delivers nothing more", async () => {
    const { clock, modem, socket, received } = await createSocketBench();
    modem.instead("AT+QIRD=0,512", readAnswer(sequence(8), 0), "OK");
    modem.say('\r\n+QIURC: "recv",0\r\n');
    await clock.advance(5);
    await clock.until(socket.close());
    await clock.advance(10_000);
    expect(received).toEqual([]);
  });
});
