import { describe, expect, it } from "@jest/globals";
import { ModemBench } from "./modem-bench.js";

const openCommand = 'AT+QIOPEN=0,0,"UDP","203.0.113.7",5684,0,0';

describe("a UDP socket", () => {
  it("opens, sends, receives and closes", () => {
    const bench = new ModemBench().start();
    expect(bench.command(openCommand, 1)).toEqual(["OK", "+QIOPEN: 0,0"]);
    expect(bench.command('AT+QISEND=0,3,"010aFF",0', 10)).toEqual(["OK", "SEND OK"]);
    const [uplink] = bench.uplinks;
    expect(uplink?.datagram).toEqual(Uint8Array.of(1, 10, 255));
    expect(uplink?.from).toBe("10.64.0.1:49152");
    uplink?.reply(Uint8Array.of(0xca, 0xfe));
    bench.run(6);
    expect(bench.takeText()).toBe('\r\n+QIURC: "recv",0\r\n');
    expect(bench.command("AT+QIRD=0,512")).toEqual(['+QIRD: 2,0,"CAFE"', "OK"]);
    expect(bench.command("AT+QIRD=0,512")).toEqual(["+QIRD: 0", "OK"]);
    expect(bench.command("AT+QISTATE?")).toEqual(['+QISTATE: 0,"UDP","203.0.113.7",5684,49152,2,0,0', "OK"]);
    expect(bench.command("AT+QICLOSE=0")).toEqual(["OK", "CLOSE OK"]);
    expect(bench.command("AT+QISTATE?")).toEqual(["OK"]);
    expect(bench.network.counters).toEqual({ datagramsUp: 1, datagramsDown: 1, bytesUp: 3, bytesDown: 2 });
  });

  it("is looked up by name, one round trip away", () => {
    const bench = new ModemBench().start();
    expect(bench.command('AT+QIOPEN=0,0,"UDP","head-end.example",5684,0,0', 1)).toEqual(["OK"]);
    bench.run(10);
    expect(bench.takeLines()).toEqual(["+QIOPEN: 0,0"]);
  });

  it("is not opened twice, nor without a network", () => {
    const bench = new ModemBench().start().open();
    expect(bench.command(openCommand, 1)).toEqual(["OK", "+QIOPEN: 0,563"]);
    bench.command("AT+CFUN=0", 3);
    expect(bench.command(openCommand, 1)).toEqual(["OK", "+QIOPEN: 0,561"]);
  });

  it("gets a new address of the translation when it is opened anew", () => {
    const bench = new ModemBench().start().open();
    const first = bench.reach().from;
    bench.command("AT+QICLOSE=0");
    bench.open();
    expect(bench.reach().from).not.toBe(first);
  });

  it.each([
    ['AT+QISEND=0,2,"AB"', "a length that does not fit"],
    ['AT+QISEND=0,1,"XY"', "text that is not hexadecimal"],
    ['AT+QISEND=0,1,"AB",3', "an unknown release assistance"],
    [`AT+QISEND=0,1025,"${"00".repeat(1_025)}"`, "more than 1,024 bytes"],
    ['AT+QISEND=1,1,"AB"', "a socket that is not open"],
    ["AT+QIRD=0,513", "a reading of more than 512 bytes"],
    ['AT+QIOPEN=0,5,"UDP","203.0.113.7",5684,0,0', "a sixth socket"],
    ['AT+QIOPEN=1,0,"UDP","203.0.113.7",5684,0,0', "another context"],
    ['AT+QIOPEN=0,1,"TCP","203.0.113.7",5684,0,0', "another service"],
    ['AT+QIOPEN=0,1,"UDP","203.0.113.7",0,0,0', "port 0"],
    ["AT+QICLOSE=3", "closing what is not open"],
  ])("refuses %s: %s", (command) => {
    const bench = new ModemBench().start().open();
    expect(bench.command(command)).toEqual(["ERROR"]);
  });

  it("sends 1,024 bytes at once", () => {
    const bench = new ModemBench().start().open();
    expect(bench.command(`AT+QISEND=0,1024,"${"5A".repeat(1_024)}"`, 10)).toEqual(["OK", "SEND OK"]);
    expect(bench.uplinks[0]?.datagram).toEqual(new Uint8Array(1_024).fill(0x5a));
  });

  it("refuses a second datagram while the first is on air", () => {
    const bench = new ModemBench({
      conditions: { signal: { powerDbm: -130, noiseRatioDb: -5, coverageLevel: 2 } },
    })
      .start()
      .open();
    bench.command("AT+CMEE=1");
    expect(bench.command('AT+QISEND=0,1,"01"')).toEqual(["OK"]);
    expect(bench.command('AT+QISEND=0,1,"02"')).toEqual(["+CME ERROR: 302"]);
  });

  it("reports SEND FAIL and sends nothing", () => {
    const bench = new ModemBench({ behaviour: { sendFailOdds: 1 } }).start().open();
    expect(bench.command('AT+QISEND=0,1,"01"', 10)).toEqual(["OK", "SEND FAIL"]);
    expect(bench.uplinks).toEqual([]);
    expect(bench.network.counters.datagramsUp).toBe(0);
  });

  it("is read in pieces that never span two datagrams", () => {
    const bench = new ModemBench().start().open();
    const { reply } = bench.reach();
    reply(new Uint8Array(600).fill(0x11));
    bench.run(10);
    reply(Uint8Array.of(0x22));
    bench.run(10);
    const read = (): string | undefined => bench.command("AT+QIRD=0,512", 1)[0];
    expect(read()).toBe(`+QIRD: 512,88,"${"11".repeat(512)}"`);
    expect(read()).toBe(`+QIRD: 88,0,"${"11".repeat(88)}"`);
    expect(read()).toBe('+QIRD: 1,0,"22"');
    expect(read()).toBe("+QIRD: 0");
  });

  it("loses what its buffer of 2,168 bytes cannot hold, and says so", () => {
    const bench = new ModemBench().start().open();
    const { reply } = bench.reach();
    for (let index = 0; index < 3; index++) {
      reply(new Uint8Array(1_000).fill(index));
      bench.run(6);
    }
    expect(bench.takeLines()).toEqual([
      '+QIURC: "recv",0',
      '+QIURC: "recv",0',
      '+QIURC: "recv",0,"buff full"',
    ]);
    let readBytes = 0;
    for (;;) {
      const [, count = "0"] = /^\+QIRD: (\d+)/.exec(bench.command("AT+QIRD=0,512", 1)[0] ?? "") ?? [];
      if (count === "0") break;
      readBytes += Number(count);
    }
    expect(readBytes).toBe(2_000);
  });

  it("can tell the length with the announcement, and can tell it late", () => {
    const bench = new ModemBench({
      behaviour: {
        tellsReceivedLength: true,
        lateReceiveOdds: 1,
        lateReceiveMilliseconds: { low: 9_000, high: 9_000 },
      },
    })
      .start()
      .open();
    bench.reach().reply(new Uint8Array(7));
    bench.run(6);
    expect(bench.takeLines()).toEqual([]);
    bench.run(9);
    expect(bench.takeLines()).toEqual(['+QIURC: "recv",0,7']);
  });
});
