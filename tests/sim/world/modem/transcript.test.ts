import { describe, expect, it } from "@jest/globals";
import { ModemBench } from "./modem-bench.js";

describe("the start of a BC660K-GL", () => {
  it("announces itself, its SIM and its address", () => {
    const bench = new ModemBench();
    bench.pressPowerKey();
    bench.run(10);
    expect(bench.text).toBe("\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\n+IP: 10.64.0.1\r\n");
  });

  it("needs half a second of the power key", () => {
    const bench = new ModemBench();
    bench.pressPowerKey(0.4);
    bench.run(10);
    expect(bench.text).toBe("");
    expect(bench.modem.state).toBe("off");
  });

  it("passes through booting, searching and connected to idle", () => {
    const bench = new ModemBench();
    const states = [bench.modem.state];
    bench.modem.setPowerKey(true);
    for (let step = 0; step < 400; step++) {
      bench.run(0.1);
      if (bench.modem.state !== states.at(-1)) states.push(bench.modem.state);
    }
    expect(states).toEqual(["off", "booting", "idle", "searching", "connected", "idle"]);
  });

  it("echoes until ATE0", () => {
    const bench = new ModemBench();
    bench.pressPowerKey();
    bench.run(10);
    bench.takeText();
    bench.type("AT\r");
    bench.run(0.2);
    expect(bench.takeText()).toBe("AT\r\r\nOK\r\n");
    bench.type("ATE0\r");
    bench.run(0.2);
    expect(bench.takeText()).toBe("ATE0\r\r\nOK\r\n");
    bench.type("AT\r\n");
    bench.run(0.2);
    expect(bench.takeText()).toBe("\r\nOK\r\n");
  });
});

describe("the commands of a BC660K-GL", () => {
  const transcript: readonly (readonly [string, readonly string[]])[] = [
    ["AT", ["OK"]],
    ["at+cfun?", ["+CFUN: 1", "OK"]],
    ["ATI", ["Quectel_Ltd", "Quectel_BC660K-GL", "Revision: BC660KGLAAR01A01", "OK"]],
    ["AT+CGSN=1", ['+CGSN: "866818039921444"', "OK"]],
    ["AT+CIMI", ["001010123456789", "OK"]],
    ["AT+QCCID", ["+QCCID: 89490200001234567890", "OK"]],
    ["AT+CPIN?", ["+CPIN: READY", "OK"]],
    ["AT+CGATT?", ["+CGATT: 1", "OK"]],
    ["AT+CEREG?", ["+CEREG: 0,1", "OK"]],
    ["AT+CEREG=2", ["OK"]],
    ["AT+CEREG?", ['+CEREG: 2,1,"330A","0C59A504",9', "OK"]],
    ["AT+CEREG=6", ["ERROR"]],
    ["AT+CSCON?", ["+CSCON: 0,1", "OK"]],
    ["AT+CPSMS?", ['+CPSMS: 0,,,"00000110","00000101"', "OK"]],
    ['AT+CEDRXS=2,5,"0011"', ["OK"]],
    ["AT+CEDRXS?", ['+CEDRXS: 5,"0011"', "OK"]],
    ['AT+QCGDEFCONT="IP","iot.example"', ["OK"]],
    ["AT+QCGDEFCONT?", ['+QCGDEFCONT: "IP","iot.example"', "OK"]],
    ["AT+QBAND=2,20,8", ["OK"]],
    ["AT+QBAND?", ["+QBAND: 2,20,8", "OK"]],
    ["AT+QBAND=2,20", ["ERROR"]],
    ["AT+CGPADDR?", ['+CGPADDR: 0,"10.64.0.1"', "OK"]],
    ["AT+QSCLK?", ["+QSCLK: 0", "OK"]],
    ["AT+QNBIOTEVENT=1,1", ["OK"]],
    ["AT+CTZR=3", ["OK"]],
    ["AT+CSQ", ["+CSQ: 11,0", "OK"]],
    ["AT+CESQ", ["+CESQ: 99,99,255,255,32,46", "OK"]],
    ["AT+QENG=0", ['+QENG: 0,6447,0,176,"0C59A504",-95,-4,-91,8,20,"330A",0,5,2', "OK"]],
    ["AT+CMEE?", ["+CMEE: 0", "OK"]],
    ["AT+NONSENSE", ["ERROR"]],
    ["AT+CMEE=1", ["OK"]],
    ["AT+NONSENSE", ["+CME ERROR: 3"]],
    ["AT+CIMI?", ["+CME ERROR: 4"]],
    ["AT+CFUN=7", ["+CME ERROR: 50"]],
    ["AT+QIRD=0,512", ["+CME ERROR: 3"]],
    ["AT+CMEE=2", ["OK"]],
    ["AT+CFUN=7", ["+CME ERROR: incorrect parameters"]],
    ["AT+QIRD=?", ["OK"]],
  ];

  it("are answered as the manual says", () => {
    const bench = new ModemBench().start();
    expect(transcript.map(([command]) => [command, bench.command(command)])).toEqual(transcript);
  });

  it("take noise in front of AT, and answer nothing to a line without it", () => {
    const bench = new ModemBench().start();
    expect(bench.command("\u0000\u00ffAT")).toEqual(["OK"]);
    expect(bench.command("hello")).toEqual([]);
  });

  it("are carried out one after the other when they come at once", () => {
    const bench = new ModemBench().start();
    expect(bench.command("AT+CIMI\rAT+QSCLK?\rAT")).toEqual([
      "001010123456789",
      "OK",
      "+QSCLK: 0",
      "OK",
      "OK",
    ]);
  });

  it("tell the time the network gave", () => {
    const bench = new ModemBench({ conditions: { timeZoneQuarterHours: 8 } }).start();
    const attachedAt = bench.world.nowMicroseconds;
    const [line, result] = bench.command("AT+CCLK?");
    // 23:50:00 UTC at the start of the run, shown two hours ahead.
    const seconds = Math.floor(attachedAt / 1e6);
    expect(result).toBe("OK");
    expect(line).toMatch(/^\+CCLK: 26\/10\/03,01:50:\d\d\+08$/);
    expect(Math.abs(Number(line?.slice(-5, -3)) - seconds)).toBeLessThanOrEqual(1);
  });

  it("announce that time in UTC with AT+CTZR=3", () => {
    const bench = new ModemBench({ conditions: { timeZoneQuarterHours: 8 } }).start();
    bench.command("AT+CTZR=3");
    bench.command("AT+CFUN=0", 3);
    const lines = bench.command("AT+CFUN=1", 10);
    expect(lines).toContainEqual(expect.stringMatching(/^\+CTZEU: "\+8",0,"2026\/10\/02,23:50:\d\d"$/));
  });

  it("start the calendar in 1970 when the network gives no time", () => {
    const bench = new ModemBench({ conditions: { givesTime: false } }).start();
    expect(bench.command("AT+CCLK?")[0]).toMatch(/^\+CCLK: 70\/01\/01,00:00:\d\d\+00$/);
  });

  it("may show UTC before the zone, as some parts do", () => {
    const bench = new ModemBench({
      behaviour: { clockTells: "utc" },
      conditions: { timeZoneQuarterHours: 8 },
    }).start();
    expect(bench.command("AT+CCLK?")[0]).toMatch(/^\+CCLK: 26\/10\/02,23:50:\d\d\+08$/);
  });

  it("hear nothing while the radio is off", () => {
    const bench = new ModemBench().start();
    bench.command("AT+CFUN=0", 3);
    expect(bench.command("AT+CSQ")).toEqual(["+CSQ: 99,99", "OK"]);
    expect(bench.command("AT+CESQ")).toEqual(["+CESQ: 99,99,255,255,255,255", "OK"]);
    expect(bench.command("AT+QENG=0")).toEqual(["OK"]);
    expect(bench.command("AT+CGPADDR?")).toEqual(["+CGPADDR: 0", "OK"]);
  });
});
