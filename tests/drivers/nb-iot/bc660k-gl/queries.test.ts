import { describe, expect, it } from "@jest/globals";
import { createBench } from "../bench.js";

describe("network time", () => {
  const shown = "2020-11-03T06:25:06Z";
  const meant = "2020-11-02T22:25:06Z";

  it("is read as UTC, and as what it is if the clock shows UTC", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+CCLK?", "+CCLK: 20/11/03,06:25:06+32", "OK");
    const value = { epochMilliseconds: Date.parse(meant), otherMilliseconds: Date.parse(shown) };
    expect(await clock.until(driver.networkTime())).toEqual({ ok: true, value });
  });

  it("has one meaning without a zone", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+CCLK?", "+CCLK: 20/11/03,06:25:06+00", "OK");
    const value = { epochMilliseconds: Date.parse(shown), otherMilliseconds: undefined };
    expect(await clock.until(driver.networkTime())).toEqual({ ok: true, value });
  });

  it.each([
    ["in local time", meant],
    ["in UTC", shown],
  ])("is what the network has told of, from a clock %s", async (_, utc) => {
    const { clock, modem, driver } = createBench();
    await clock.until(driver.start("none"));
    const told = new Date(Date.parse(utc) - 3000).toISOString();
    modem.say(`\r\n+CTZEU: "+32",0,"${told.slice(0, 10).replaceAll("-", "/")},${told.slice(11, 19)}"\r\n`);
    await clock.advance(3000);
    modem.on("AT+CCLK?", "+CCLK: 20/11/03,06:25:06+32", "OK");
    const read = await clock.until(driver.networkTime());
    const time = read.ok ? read.value : undefined;
    expect(time).toMatchObject({ otherMilliseconds: undefined });
    expect(Math.abs((time?.epochMilliseconds ?? 0) - Date.parse(utc))).toBeLessThan(1000);
  });

  it("is not moved by news that have no time in them", async () => {
    const { clock, modem, driver } = createBench();
    await clock.until(driver.start("none"));
    modem.say('\r\n+CTZEU: "+32",0,"2020/11/02,22:25:03"\r\n');
    await clock.advance(3000);
    modem.say('\r\n+CTZEU: "+32",0\r\n');
    await clock.advance(100);
    modem.on("AT+CCLK?", "+CCLK: 20/11/03,06:25:06+32", "OK");
    const read = await clock.until(driver.networkTime());
    const time = read.ok ? read.value : undefined;
    expect(Math.abs((time?.epochMilliseconds ?? 0) - Date.parse(meant))).toBeLessThan(1000);
  });

  it("is not given where the clock contradicts what the network has told of", async () => {
    const { clock, modem, driver } = createBench();
    await clock.until(driver.start("none"));
    modem.say('\r\n+CTZEU: "+32",0,"2020/11/03,03:25:06"\r\n');
    await clock.advance(100);
    modem.on("AT+CCLK?", "+CCLK: 20/11/03,06:25:06+32", "OK");
    expect(await clock.until(driver.networkTime())).toEqual({ ok: true, value: undefined });
  });

  it("is undefined until the network has given it", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+CCLK?", '+CCLK: "70/01/01,00:00:12+00"', "OK");
    expect(await clock.until(driver.networkTime())).toEqual({ ok: true, value: undefined });
  });

  it("is refused when it makes no sense", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+CCLK?", "+CCLK: soon", "OK");
    expect(await clock.until(driver.networkTime())).toMatchObject({ ok: false, code: "refused" });
  });
});

describe("the identity", () => {
  const value = { imei: "867724030000017", imsi: "901405100000012", iccid: "8988280666000000013" };

  it.each(['+CGSN: "867724030000017"', "+CGSN: 867724030000017", "867724030000017"])(
    "is read with the equipment as %s",
    async (equipment) => {
      const { clock, modem, driver } = createBench();
      modem.on("AT+CGSN=1", equipment, "OK").on("AT+CIMI", "901405100000012", "OK");
      modem.on("AT+QCCID", "+QCCID: 8988280666000000013F", "OK");
      expect(await clock.until(driver.identity())).toEqual({ ok: true, value });
    },
  );

  it("needs a SIM", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+CGSN=1", '+CGSN: "867724030000017"', "OK").on("AT+CIMI", "+CME ERROR: 10");
    expect(await clock.until(driver.identity())).toMatchObject({ ok: false, code: "no-sim" });
  });

  it("is refused when digits are missing", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+CGSN=1", '+CGSN: "8677"', "OK");
    expect(await clock.until(driver.identity())).toMatchObject({ ok: false, code: "refused" });
  });
});

describe("the signal", () => {
  it("is that of the serving cell", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+QENG=0", {
      text: '\r\n+QENG: 0,6352,2,117,"0A1B2C3D",-101,-12,-89,-3,20,"1A2B",1,15,2\r\n\r\nOK\r\n',
      after: 14_000,
    });
    const value = { powerDbm: -101, noiseRatioDb: -3, coverageLevel: 1 };
    expect(await clock.until(driver.signal())).toEqual({ ok: true, value });
  });

  it("is told of an idle modem, which knows no coverage level", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+QENG=0", '+QENG: 0,6352,2,117,"0A1B2C3D",-101,-12,-89,-3,20,"1A2B",,,', "OK");
    const value = { powerDbm: -101, noiseRatioDb: -3, coverageLevel: undefined };
    expect(await clock.until(driver.signal())).toEqual({ ok: true, value });
  });

  it.each([[["OK"]], [["+QENG: 0,,,,,,,,,,,,,", "OK"]], [["+CME ERROR: 30"]]])(
    "is missing without a cell: %p",
    async (answers) => {
      const { clock, modem, driver } = createBench();
      modem.on("AT+QENG=0", ...answers);
      expect(await clock.until(driver.signal())).toMatchObject({ ok: false, code: "no-network" });
    },
  );
});
