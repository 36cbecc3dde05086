import { describe, expect, it } from "@jest/globals";
import { createBench } from "../bench.js";

const asleep = '\r\n+QNBIOTEVENT: "ENTER PSM"\r\n';

describe("entering power saving", () => {
  it("allows sleep and waits until the modem has gone", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+QSCLK=1", "OK", { text: asleep, after: 40_000 });
    expect(await clock.until(driver.enterPowerSaving())).toEqual({ ok: true, value: undefined });
  });

  it("takes a modem that is gone before its OK was read", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+QSCLK=1", { text: `${asleep}\r\nOK\r\n` });
    expect((await clock.until(driver.enterPowerSaving())).ok).toBe(true);
  });

  it("gives up after the active time that was asked for and a margin", async () => {
    const { clock, driver } = createBench();
    expect(await clock.until(driver.enterPowerSaving())).toMatchObject({ ok: false, code: "timed-out" });
    expect(clock.ticks).toBeGreaterThan(90_000);
    expect(clock.ticks).toBeLessThan(91_000);
  });

  it("waits for the active time that the network granted", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CEREG?", '+CEREG: 5,1,"1A2B","01C3D4E5",9,,,"00100100","00111000"', "OK");
    await clock.until(driver.attach());
    modem.instead("AT+QSCLK=1", "OK", { text: asleep, after: 250_000 });
    expect((await clock.until(driver.enterPowerSaving())).ok).toBe(true);
  });

  it("closes a socket that is still open", async () => {
    const { clock, modem, driver } = createBench();
    modem.on('AT+QIOPEN=0,0,"UDP","198.51.100.7",5684,0,0', "OK", "+QIOPEN: 0,0");
    await clock.until(driver.openSocket("198.51.100.7", 5684));
    modem.instead("AT+QSCLK=1", "OK", { text: asleep, after: 30_000 });
    expect((await clock.until(driver.enterPowerSaving())).ok).toBe(true);
    expect(modem.commands.slice(1)).toEqual(["AT+QICLOSE=0", "AT+QSCLK=1"]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("lets the next command wake the modem", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+QSCLK=1", "OK", { text: asleep, after: 30_000 });
    await clock.until(driver.enterPowerSaving());
    modem.deafTo = 1;
    modem.attentions = 0;
    expect((await clock.until(driver.attach())).ok).toBe(true);
    expect(modem.attentions).toBe(2);
  });

  it("reports a modem that will not have it", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+QSCLK=1", "ERROR");
    expect(await clock.until(driver.enterPowerSaving())).toMatchObject({ ok: false, code: "refused" });
  });
});

describe("closing the driver", () => {
  it("releases the port and the pins, once", () => {
    const { modem, driver } = createBench();
    driver.close();
    driver.close();
    expect(modem.isPortOpen).toBe(false);
    expect(modem.pins).toEqual(["power-key:closed", "reset:closed"]);
  });

  it.each([0, 50, 400, 1000, 5600, 7000, 22_000])("ends a start that is %d ms old", async (age) => {
    const { clock, modem, driver } = createBench();
    modem.deafTo = Infinity;
    const outcome = driver.start();
    await clock.advance(age);
    driver.close();
    expect(await clock.until(outcome)).toMatchObject({ ok: false, code: "timed-out" });
    expect(clock.pendingTimers).toBe(0);
  });

  it.each([5, 500, 40_000])("ends an attach that is %d ms old", async (age) => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CEREG?", "+CEREG: 5,2", "OK");
    const outcome = driver.attach();
    await clock.advance(age);
    driver.close();
    expect(await clock.until(outcome)).toMatchObject({ ok: false, code: "timed-out" });
    const commands = modem.commands.length;
    await clock.advance(1_000_000);
    expect(modem.commands.length).toBe(commands);
    expect(clock.pendingTimers).toBe(0);
  });

  it("ends a wait for power saving", async () => {
    const { clock, driver } = createBench();
    const outcome = driver.enterPowerSaving();
    await clock.advance(1000);
    driver.close();
    expect(await clock.until(outcome)).toMatchObject({ ok: false, code: "timed-out" });
  });

  it("ends a send, and no datagram is delivered any more", async () => {
    const { clock, modem, driver } = createBench();
    modem.on('AT+QIOPEN=0,0,"UDP","198.51.100.7",5684,0,0', "OK", "+QIOPEN: 0,0");
    const opened = await clock.until(driver.openSocket("198.51.100.7", 5684));
    if (!opened.ok) throw new Error(opened.code);
    let isDelivered = false;
    opened.value.onDatagram = () => {
      isDelivered = true;
    };
    modem.on('AT+QISEND=0,1,"05"', "OK", { text: '\r\nSEND OK\r\n\r\n+QIURC: "recv",0\r\n', after: 1000 });
    const sent = opened.value.send(Uint8Array.of(5), "after-reply");
    await clock.advance(500);
    driver.close();
    expect(await clock.until(sent)).toMatchObject({ ok: false, code: "timed-out" });
    await clock.until(opened.value.close());
    await clock.advance(20_000);
    expect(isDelivered).toBe(false);
    expect(clock.pendingTimers).toBe(0);
  });

  it("makes every later call fail quietly", async () => {
    const { clock, driver } = createBench();
    driver.close();
    const outcomes = [
      driver.start(),
      driver.attach(),
      driver.networkTime(),
      driver.identity(),
      driver.signal(),
      driver.openSocket("198.51.100.7", 5684),
      driver.enterPowerSaving(),
    ];
    for (const outcome of outcomes)
      expect(await clock.until<unknown>(outcome)).toMatchObject({ ok: false, code: "timed-out" });
  });
});
