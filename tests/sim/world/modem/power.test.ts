import { describe, expect, it } from "@jest/globals";
import { ModemBench } from "./modem-bench.js";

describe("the modem's own flash", () => {
  it("keeps settings over a restart and forgets the session's", () => {
    const bench = new ModemBench().start();
    bench.command('AT+CPSMS=1,,,"00101000","00000101"');
    bench.command('AT+QCGDEFCONT="IP","iot.example"');
    bench.command("AT+CEREG=5");
    bench.command("AT+CMEE=1");
    bench.command("AT+CFUN=0", 3);
    expect(bench.command("AT+QRST=1", 4)).toEqual(["OK", "RDY", "+CFUN: 0", "+CPIN: READY"]);
    bench.command("ATE0");
    expect(bench.command("AT+CFUN?")).toEqual(["+CFUN: 0", "OK"]);
    expect(bench.command("AT+CPSMS?")).toEqual(['+CPSMS: 1,,,"00101000","00000101"', "OK"]);
    expect(bench.command("AT+QCGDEFCONT?")).toEqual(['+QCGDEFCONT: "IP","iot.example"', "OK"]);
    expect(bench.command("AT+QSCLK?")).toEqual(["+QSCLK: 1", "OK"]);
    expect(bench.command("AT+CEREG?")).toEqual(["+CEREG: 5,0", "OK"]);
    expect(bench.command("AT+CMEE?")).toEqual(["+CMEE: 1", "OK"]);
  });

  it("is written by every stored setting, changed or not, and by nothing else", () => {
    const bench = new ModemBench().start();
    const before = bench.modem.flashWrites;
    for (const command of ["ATE0", "AT+CMEE=1", "AT+CEREG=5", "AT+CEREG=5", "AT+CSCON=1", "AT+CTZR=3"])
      bench.command(command);
    bench.command("AT+CFUN=1", 3);
    expect(bench.modem.flashWrites - before).toBe(7);
    for (const command of ["AT+CMEE?", "AT+QSCLK=0", "AT+QSCLK=1", "AT+CEREG=9"]) bench.command(command);
    expect(bench.modem.flashWrites - before).toBe(7);
  });
});

describe("power", () => {
  it("goes off by AT+QPOWD and comes back by the power key", () => {
    const bench = new ModemBench().start();
    expect(bench.command("AT+QPOWD=0", 2)).toEqual(["OK"]);
    expect(bench.modem.state).toBe("off");
    expect(bench.modem.currentMilliamperes).toBe(0);
    expect(bench.command("AT")).toEqual([]);
    bench.pressPowerKey();
    bench.run(1);
    expect(bench.takeLines()).toContain("RDY");
  });

  it("goes off by the power key", () => {
    const bench = new ModemBench().start();
    bench.pressPowerKey();
    expect(bench.modem.state).toBe("off");
  });

  it("starts anew when the reset line is released", () => {
    const bench = new ModemBench().start();
    bench.modem.setReset(true);
    bench.run(0.2);
    expect(bench.modem.state).toBe("off");
    expect(bench.command("AT")).toEqual([]);
    bench.modem.setReset(false);
    bench.run(1);
    expect(bench.takeLines()).toContain("RDY");
  });

  it("is not switched on by the reset line", () => {
    const bench = new ModemBench();
    bench.modem.setReset(true);
    bench.run(0.2);
    bench.modem.setReset(false);
    bench.run(10);
    expect(bench.modem.state).toBe("off");
  });
});

describe("a frozen modem", () => {
  it("is silent and draws its current on", () => {
    const bench = new ModemBench().start();
    const before = bench.modem.currentMilliamperes;
    bench.modem.freeze();
    expect(bench.command("AT", 3_600)).toEqual([]);
    expect(bench.modem.currentMilliamperes).toBe(before);
  });

  it("comes back by a reset", () => {
    const bench = new ModemBench().start();
    bench.modem.freeze();
    bench.modem.setReset(true);
    bench.run(0.1);
    bench.modem.setReset(false);
    bench.run(10);
    expect(bench.takeLines()).toEqual(["RDY", "+CFUN: 1", "+CPIN: READY", "+IP: 10.64.0.2"]);
  });

  it("comes back by switching off and on", () => {
    const bench = new ModemBench().start();
    bench.modem.freeze();
    bench.pressPowerKey();
    bench.run(1);
    bench.pressPowerKey();
    bench.run(10);
    expect(bench.takeLines()).toContain("RDY");
  });

  it("can be had by odds, at a command", () => {
    const bench = new ModemBench({ behaviour: { freezeOdds: 1 } });
    bench.pressPowerKey();
    bench.run(10);
    bench.takeText();
    expect(bench.command("AT", 10)).toEqual(["AT\r"]);
    expect(bench.command("AT", 10)).toEqual([]);
  });
});

describe("charge", () => {
  it("is current times time", () => {
    const bench = new ModemBench().start();
    bench.run(60);
    expect(bench.modem.state).toBe("idle");
    const before = bench.modem.chargeMicroampereHours;
    const current = bench.modem.currentMilliamperes;
    bench.run(3_600);
    expect(bench.modem.chargeMicroampereHours - before).toBeCloseTo(current * 1_000, 6);
  });

  it("does not depend on when it is read", () => {
    const charge = (readings: number): number => {
      const bench = new ModemBench().start().open();
      bench.type('AT+QISEND=0,4,"01020304",0\r');
      for (let index = 0; index < readings; index++) {
        bench.run(120 / readings);
        expect(bench.modem.chargeMicroampereHours).toBeGreaterThan(0);
      }
      return bench.modem.chargeMicroampereHours;
    };
    expect(charge(1_000)).toBeCloseTo(charge(1), 6);
  });

  it("of a day in power saving mode is less than that of one connection", () => {
    const bench = new ModemBench().start();
    bench.command('AT+CPSMS=1,,,"11000001","00000101"');
    bench.command("AT+QSCLK=1");
    const awake = bench.modem.chargeMicroampereHours;
    bench.run(60);
    expect(bench.modem.state).toBe("psm");
    const connection = bench.modem.chargeMicroampereHours - awake;
    const asleep = bench.modem.chargeMicroampereHours;
    bench.run(86_400);
    expect(bench.modem.chargeMicroampereHours - asleep).toBeCloseTo(0.8 * 24, 6);
    expect(connection).toBeGreaterThan(0.8 * 24);
  });

  it("grows with poor coverage, for transmitting takes longer", () => {
    const charge = (coverageLevel: 0 | 1 | 2): number => {
      const bench = new ModemBench({
        conditions: { signal: { powerDbm: -100, noiseRatioDb: 0, coverageLevel } },
      })
        .start()
        .open();
      const before = bench.modem.chargeMicroampereHours;
      bench.command(`AT+QISEND=0,200,"${"00".repeat(200)}",0`, 60);
      return bench.modem.chargeMicroampereHours - before;
    };
    expect(charge(1)).toBeGreaterThan(charge(0));
    expect(charge(2)).toBeGreaterThan(2 * charge(0));
  });
});
