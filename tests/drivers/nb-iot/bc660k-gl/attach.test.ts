import { describe, expect, it } from "@jest/globals";
import { createBench } from "../bench.js";

const registered = '\r\n+CEREG: 5,"1A2B","01C3D4E5",9,,,"00000101","00111000"\r\n';

describe("attaching", () => {
  it("is done at once when the modem kept its registration in its sleep", async () => {
    const { clock, modem, driver } = createBench();
    expect(await clock.until(driver.attach(200_000))).toEqual({ ok: true, value: undefined });
    expect(modem.commands).toEqual(["AT+CFUN?", "AT+CEREG?"]);
  });

  it("switches the radio on, attaches and waits for the registration", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CFUN?", "+CFUN: 0", "OK").on("AT+CFUN=1", { text: "\r\nOK\r\n", after: 20_000 });
    modem.instead("AT+CEREG?", "+CEREG: 5,0", "OK").instead("AT+CGATT?", "+CGATT: 0", "OK");
    modem.on("AT+CGATT=1", { text: "\r\nOK\r\n", after: 3000 }, { text: registered, after: 5000 });
    expect((await clock.until(driver.attach(200_000))).ok).toBe(true);
    expect(modem.commands).toEqual(["AT+CFUN?", "AT+CFUN=1", "AT+CEREG?", "AT+CGATT?", "AT+CGATT=1"]);
  });

  it("hears of a registration that is cut into reads", async () => {
    const { clock, modem, driver } = createBench();
    modem.pieceLength = 5;
    modem.instead("AT+CEREG?", "+CEREG: 5,2", "OK").on("AT+CEREG?", "ERROR");
    const outcome = driver.attach(200_000);
    await clock.advance(1000);
    modem.say(registered);
    expect((await clock.until(outcome)).ok).toBe(true);
    expect(clock.ticks).toBeLessThan(2000);
  });

  it("asks again when the news of the registration got lost", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CEREG?", "+CEREG: 5,2", "OK").on("AT+CEREG?", '+CEREG: 5,1,"1A2B","01C3D4E5",9', "OK");
    expect((await clock.until(driver.attach(200_000))).ok).toBe(true);
    expect(clock.ticks).toBeLessThan(31_000);
  });

  it.each([3, 5, 6, 7, 8])("is denied by EMM cause %d", async (cause) => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CEREG?", "+CEREG: 5,2", "OK");
    const outcome = driver.attach(200_000);
    await clock.advance(2000);
    modem.say(`\r\n+CEREG: 3,,,,0,${cause}\r\n`);
    expect(await clock.until(outcome)).toMatchObject({
      ok: false,
      code: "denied",
      detail: `EMM cause ${cause}`,
    });
  });

  it.each([11, 13, 15, 22])("finds no network by EMM cause %d", async (cause) => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CEREG?", "+CEREG: 5,0", "OK").instead("AT+CGATT?", "+CGATT: 0", "OK");
    modem.on("AT+CGATT=1", { text: `\r\n+CEREG: 3,,,,0,${cause}\r\n\r\n+CME ERROR: 30\r\n`, after: 9000 });
    expect(await clock.until(driver.attach(200_000))).toMatchObject({ ok: false, code: "no-network" });
  });

  it("tries anew after an earlier refusal instead of repeating it", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CEREG?", "+CEREG: 5,3,,,,0,7", "OK").on("AT+CFUN=0", "OK");
    modem.on("AT+CFUN=1", "OK", { text: registered, after: 8000 });
    expect((await clock.until(driver.attach(200_000))).ok).toBe(true);
  });

  it("ends without a network when its time is up", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CEREG?", "+CEREG: 5,2", "OK");
    expect(await clock.until(driver.attach(200_000))).toMatchObject({ ok: false, code: "no-network" });
    expect(clock.ticks).toBeGreaterThanOrEqual(200_000);
    expect(clock.ticks).toBeLessThan(202_000);
  });

  it("reports a radio that will not come on", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CFUN?", "+CFUN: 0", "OK").on("AT+CFUN=1", "+CME ERROR: 10");
    expect(await clock.until(driver.attach(200_000))).toMatchObject({ ok: false, code: "no-sim" });
  });

  it("reports a modem that has gone silent", async () => {
    const { clock, modem, driver } = createBench();
    modem.deafTo = Infinity;
    expect(await clock.until(driver.attach(200_000))).toMatchObject({ ok: false, code: "no-answer" });
  });
});
