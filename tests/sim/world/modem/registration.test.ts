import { describe, expect, it } from "@jest/globals";
import { ModemBench } from "./modem-bench.js";

describe("registration", () => {
  it("is announced step by step with AT+CEREG=5", () => {
    const bench = new ModemBench().start();
    bench.command("AT+CEREG=5");
    bench.command("AT+CSCON=1");
    bench.command('AT+CPSMS=1,,,"00101000","00000101"');
    const down = bench.command("AT+CFUN=0", 3);
    const up = bench.command("AT+CFUN=1", 40);
    expect(down).toEqual(["+CSCON: 0", "+CEREG: 0", "OK"]);
    // The search begins with the command, before its answer.
    expect(up).toEqual([
      "+CEREG: 2",
      "OK",
      "+CSCON: 1",
      '+CEREG: 1,"330A","0C59A504",9,,,"00000101","00101000"',
      "+IP: 10.64.0.2",
      "+CSCON: 0",
    ]);
  });

  it("tells the timers the network grants, not those asked for", () => {
    const bench = new ModemBench({
      conditions: { grantedActiveSeconds: 60, grantedPeriodicUpdateSeconds: 86_400 },
    }).start();
    bench.command("AT+CEREG=5");
    bench.command('AT+CPSMS=1,,,"00101000","00000101"');
    expect(bench.command("AT+CEREG?")[0]).toBe('+CEREG: 5,1,"330A","0C59A504",9,,,"00011110","00111000"');
  });

  it("asks for no timers when power saving is off", () => {
    const bench = new ModemBench().start();
    bench.command("AT+CEREG=5");
    expect(bench.command("AT+CEREG?")[0]).toBe('+CEREG: 5,1,"330A","0C59A504",9');
  });

  it("tells the cause of a refusal and tries again after cause 15", () => {
    const bench = new ModemBench({ conditions: { rejectCause: 15 } }).start();
    bench.command("AT+CEREG=5");
    bench.run(100);
    const lines = bench.takeLines();
    expect(lines.slice(0, 2).sort()).toEqual(["+CEREG: 2", "+CEREG: 3,,,,0,15"]);
    expect(lines.length).toBeGreaterThan(4);
    expect(bench.modem.state).toBe("searching");
  });

  it("gives up after cause 3 until the radio is switched off and on", () => {
    const bench = new ModemBench({ conditions: { rejectCause: 3 } }).start();
    bench.command("AT+CEREG=5");
    expect(bench.command("AT+CEREG?")[0]).toBe("+CEREG: 5,3,,,,0,3");
    bench.run(3_600);
    expect(bench.takeLines()).toEqual([]);
    bench.command("AT+CFUN=0", 3);
    expect(bench.command("AT+CFUN=1", 10)).toEqual(["+CEREG: 2", "OK", "+CEREG: 3,,,,0,3"]);
  });

  it("is awaited by AT+CGATT=1", () => {
    const bench = new ModemBench().start();
    expect(bench.command("AT+CGATT=0")).toEqual(["OK"]);
    expect(bench.command("AT+CGATT?")).toEqual(["+CGATT: 0", "OK"]);
    expect(bench.command("AT+CGATT=1", 4)).toEqual([]);
    bench.run(3);
    expect(bench.takeLines()).toEqual(["+IP: 10.64.0.2", "OK"]);
  });

  it("ends in a timeout of AT+CGATT=1 when nothing is heard", () => {
    const bench = new ModemBench({ conditions: { outages: [{ fromSeconds: 0, toSeconds: 1_000 }] } }).start();
    bench.command("AT+CMEE=1");
    expect(bench.command("AT+CGATT=1", 69)).toEqual([]);
    bench.run(3);
    expect(bench.takeLines()).toEqual(["+CME ERROR: 31"]);
  });

  it("is lost in an outage and comes back after it", () => {
    const bench = new ModemBench({ conditions: { outages: [{ fromSeconds: 100, toSeconds: 500 }] } }).start();
    bench.command("AT+CEREG=1");
    bench.run(200);
    expect(bench.takeLines()).toEqual(["+CEREG: 2"]);
    expect(bench.modem.state).toBe("searching");
    expect(bench.command("AT+CSQ")).toEqual(["+CSQ: 99,99", "OK"]);
    bench.run(300);
    expect(bench.takeLines()).toEqual(["+CEREG: 1"]);
  });
});

describe("a modem that does not see its SIM", () => {
  it("says so, and stays off the network", () => {
    const bench = new ModemBench({ behaviour: { simErrorOdds: 1 } });
    bench.pressPowerKey();
    bench.run(60);
    expect(bench.takeLines()).toEqual(["RDY", "+CFUN: 1"]);
    bench.command("ATE0");
    bench.run(1);
    bench.command("ATE0");
    bench.command("AT+CMEE=1");
    expect(bench.command("AT+CPIN?")).toEqual(["+CME ERROR: 10"]);
    expect(bench.command("AT+CGATT?")).toEqual(["+CGATT: 0", "OK"]);
  });
});
