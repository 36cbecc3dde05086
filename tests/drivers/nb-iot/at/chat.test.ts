import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Chat, type AtCommand } from "../../../../drivers/nb-iot/at/chat.js";
import { ScriptedModem } from "../scripted-modem.js";
import { VirtualClock } from "../../../virtual-clock.js";

const readSignal: AtCommand = { text: "AT+CSQ", response: "+CSQ:", timeoutMilliseconds: 1000 };
const send: AtCommand = {
  text: "AT+QISEND",
  completion: "SEND OK",
  abort: "SEND FAIL",
  timeoutMilliseconds: 1000,
};

describe("a chat", () => {
  it("ends a command with OK and the lines that belong to it", async () => {
    const { chat, clock, modem } = createChat();
    modem.on("AT+CSQ", "+CSQ: 20,99", "OK");
    expect(await clock.until(chat.run(readSignal))).toEqual({
      status: "ok",
      lines: ["+CSQ: 20,99"],
      error: "",
    });
  });

  it("opens the port with 8 data bits and no parity", () => {
    const { modem } = createChat();
    expect(modem.portOptions).toMatchObject({ port: "modem", baud: 115_200, parity: "none" });
  });

  it("ignores the echo of the command", async () => {
    const { chat, clock, modem, heard } = createChat();
    modem.on("AT+CSQ", { text: "AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n" });
    expect((await clock.until(chat.run(readSignal))).lines).toEqual(["+CSQ: 20,99"]);
    expect(heard).toEqual([]);
  });

  it.each(["ERROR", "+CME ERROR: 50", "+CMS ERROR: 500"])("ends a command with %s", async (line) => {
    const { chat, clock, modem } = createChat();
    modem.on("AT+CSQ", line);
    expect(await clock.until(chat.run(readSignal))).toMatchObject({ status: "error", error: line });
  });

  it("ends a command at its time limit", async () => {
    const { chat, clock, modem } = createChat();
    modem.on("AT+CSQ");
    const reply = await clock.until(chat.run(readSignal));
    expect(reply.status).toBe("timed-out");
    expect(clock.ticks).toBe(1000);
  });

  it("passes on a line that comes in the middle of an answer", async () => {
    const { chat, clock, modem, heard } = createChat();
    modem.on("AT+CSQ", '+QIURC: "recv",0', "+CSQ: 20,99", "+CEREG: 1", "OK");
    expect((await clock.until(chat.run(readSignal))).lines).toEqual(["+CSQ: 20,99"]);
    expect(heard).toEqual(['+QIURC: "recv",0', "+CEREG: 1"]);
  });

  it("passes on a line that is glued behind OK, however it is cut into reads", async () => {
    for (let pieceLength = 1; pieceLength <= 12; pieceLength++) {
      const { chat, clock, modem, heard } = createChat();
      modem.pieceLength = pieceLength;
      modem.on("AT+CSQ", { text: '\r\n+CSQ: 20,99\r\n\r\nOK+QIURC: "recv",0\r\n' });
      expect((await clock.until(chat.run(readSignal))).status).toBe("ok");
      await clock.advance(100);
      expect(heard).toEqual(['+QIURC: "recv",0']);
    }
  });

  it("waits for the completing line behind OK", async () => {
    const { chat, clock, modem } = createChat();
    modem.on("AT+QISEND", "OK", { text: "\r\nSEND OK\r\n", after: 500 });
    expect((await clock.until(chat.run(send))).lines).toEqual(["SEND OK"]);
    expect(clock.ticks).toBe(510);
  });

  it("takes the completing line before OK as well", async () => {
    const { chat, clock, modem } = createChat();
    modem.on("AT+QISEND", "SEND OK", "OK");
    expect((await clock.until(chat.run(send))).status).toBe("ok");
  });

  it("ends a command with a line that aborts it", async () => {
    const { chat, clock, modem } = createChat();
    modem.on("AT+QISEND", "OK", "SEND FAIL");
    expect(await clock.until(chat.run(send))).toMatchObject({ status: "error", error: "SEND FAIL" });
  });

  it("ends what is under way, and what waits, at once when the modem has restarted", async () => {
    const { chat, clock, modem, heard } = createChat();
    chat.isAnswering = true;
    modem.on("AT+QISEND", "OK");
    const replies = Promise.all([chat.run(send), chat.run(readSignal)]);
    await clock.advance(100);
    modem.say("\r\nRDY\r\n");
    for (const reply of await clock.until(replies))
      expect(reply).toMatchObject({ status: "error", error: "RDY" });
    expect(clock.ticks).toBeLessThan(200);
    expect(modem.commands).toEqual(["AT+QISEND"]);
    expect(heard).toEqual(["RDY"]);
    expect(chat.isAnswering).toBe(false);
  });

  it("takes the start of a modem that it waits for as no end of anything", async () => {
    const { chat, clock, modem } = createChat();
    modem.on("AT+CSQ", "RDY", "+CSQ: 20,99", "OK");
    expect((await clock.until(chat.run(readSignal))).lines).toEqual(["+CSQ: 20,99"]);
  });

  it("sends the next command only when the one before has ended", async () => {
    const { chat, clock, modem } = createChat();
    modem.on("AT+CSQ", { text: "\r\n+CSQ: 1,99\r\n\r\nOK\r\n", after: 300 }).on("AT+QISEND", "OK", "SEND OK");
    const first = chat.run(readSignal);
    const second = chat.run(send);
    await clock.advance(100);
    expect(modem.commands).toEqual(["AT+CSQ"]);
    expect((await clock.until(first)).lines).toEqual(["+CSQ: 1,99"]);
    expect((await clock.until(second)).status).toBe("ok");
  });

  it("ends everything as closed when it is closed, and says no more", async () => {
    const { chat, clock, modem, heard } = createChat();
    modem.on("AT+CSQ");
    const replies = Promise.all([chat.run(readSignal), chat.run(send)]);
    chat.close();
    chat.close();
    expect((await clock.until(replies)).map(({ status }) => status)).toEqual(["closed", "closed"]);
    expect((await chat.run(readSignal)).status).toBe("closed");
    modem.isPortOpen = true;
    modem.say("+CEREG: 1\r\n");
    await clock.advance(10_000);
    expect(heard).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("keeps a bounded number of lines", async () => {
    const { chat, clock, modem } = createChat();
    modem.on("AT+CSQ", { text: `${"+CSQ: 1,1\r\n".repeat(500)}OK\r\n` });
    expect((await clock.until(chat.run(readSignal))).lines.length).toBe(16);
  });

  it("survives any garbage and still answers the next command", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 20 }),
        async (noise) => {
          const { chat, clock, modem } = createChat();
          modem.on("AT+QISEND").on("AT+CSQ", "+CSQ: 20,99", "OK");
          const first = chat.run(send);
          for (const bytes of noise) modem.sayBytes(bytes);
          await clock.until(first);
          modem.say("\r\n");
          await clock.advance(10);
          expect(await clock.until(chat.run(readSignal))).toMatchObject({
            status: "ok",
            lines: ["+CSQ: 20,99"],
          });
        },
      ),
      { numRuns: 50, seed: 660 },
    );
  });
});

function createChat() {
  const clock = new VirtualClock();
  const modem = new ScriptedModem(clock);
  const heard: string[] = [];
  const chat = new Chat({
    serial: modem.serial,
    clock,
    unsolicited: ["+CEREG:", "+QIURC:"],
    listener: { hear: (line) => heard.push(line) },
  });
  return { chat, clock, modem, heard };
}
