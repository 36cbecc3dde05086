import { describe, expect, it } from "@jest/globals";
import { createBench } from "../bench.js";

const asleep = '\r\n+QNBIOTEVENT: "ENTER PSM"\r\n';

/** A driver that knows its modem to be registered. */
async function attachedBench(): Promise<ReturnType<typeof createBench>> {
  const bench = createBench();
  await bench.clock.until(bench.driver.attach(1000));
  bench.modem.on("AT+CFUN=0", "OK");
  bench.modem.commands.length = 0;
  return bench;
}

describe("retiring a modem", () => {
  it("allows sleep and waits until it has gone", async () => {
    const { clock, modem, driver } = await attachedBench();
    modem.instead("AT+QSCLK=1", "OK", { text: asleep, after: 25_000 });
    expect(await clock.until(driver.retire(true))).toEqual({ ok: true, value: undefined });
    expect(modem.commands).toEqual(["AT+QSCLK=1"]);
  });

  it("takes one that is gone before its OK was read", async () => {
    const { clock, modem, driver } = await attachedBench();
    modem.instead("AT+QSCLK=1", { text: `${asleep}\r\nOK\r\n` });
    expect((await clock.until(driver.retire(true))).ok).toBe(true);
  });

  it("switches off the radio of one that does not fall asleep in half a minute, whatever the network granted", async () => {
    const { clock, modem, driver } = await attachedBench();
    const start = clock.ticks;
    expect((await clock.until(driver.retire(true))).ok).toBe(true);
    expect(modem.commands).toEqual(["AT+QSCLK=1", "AT+CFUN=0", "AT+QSCLK=1"]);
    expect(clock.ticks - start).toBeGreaterThanOrEqual(30_000);
    expect(clock.ticks - start).toBeLessThan(31_000);
  });

  it("switches off the radio of one that may not stay registered, at once", async () => {
    const { clock, modem, driver } = await attachedBench();
    const start = clock.ticks;
    expect((await clock.until(driver.retire(false))).ok).toBe(true);
    expect(modem.commands).toEqual(["AT+CFUN=0", "AT+QSCLK=1"]);
    expect(clock.ticks - start).toBeLessThan(1000);
  });

  it("switches off the radio of one that will not sleep", async () => {
    const { clock, modem, driver } = await attachedBench();
    modem.instead("AT+QSCLK=1", "ERROR").on("AT+QSCLK=1", "OK");
    expect((await clock.until(driver.retire(true))).ok).toBe(true);
    expect(modem.commands).toEqual(["AT+QSCLK=1", "AT+CFUN=0", "AT+QSCLK=1"]);
  });

  it("switches off a radio that found no network, at once", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+CFUN=0", "OK");
    modem.instead("AT+CEREG?", "+CEREG: 5,2", "OK").on("AT+CEREG?", "+CEREG: 5,2", "OK");
    expect(await clock.until(driver.attach(40_000))).toMatchObject({ ok: false, code: "no-network" });
    modem.commands.length = 0;
    expect((await clock.until(driver.retire(true))).ok).toBe(true);
    expect(modem.commands).toEqual(["AT+CFUN=0", "AT+QSCLK=1"]);
  });

  it("finds one that an earlier run left on, and switches off its radio", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+CFUN=0", "OK");
    modem.deafTo = 1;
    expect((await clock.until(driver.retire(true))).ok).toBe(true);
    expect(modem.commands).toEqual(["AT+CFUN=0", "AT+QSCLK=1"]);
  });

  it("resets one that does not listen, for a reset takes its permission to sleep", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+CFUN=0", "OK");
    modem.deafTo = 15;
    expect((await clock.until(driver.retire(true))).ok).toBe(true);
    expect(modem.pins).toEqual(["reset:1@5500", "reset:0@5600"]);
    expect(modem.commands).toEqual(["AT+CFUN=0", "AT+QSCLK=1"]);
  });

  it("presses the power key of one that does not listen after a reset either", async () => {
    const { clock, modem, driver } = createBench();
    modem.deafTo = 1000;
    expect(await clock.until(driver.retire(true))).toMatchObject({ ok: false, code: "no-answer" });
    expect(modem.pins.map((pin) => pin.replace(/@\d+$/, ""))).toEqual([
      ...["reset:1", "reset:0", "power-key:1", "power-key:0"],
    ]);
  });

  it("leaves one alone that nothing has made answer at the start", async () => {
    const { clock, modem, driver } = createBench();
    modem.deafTo = 1000;
    await clock.until(driver.start("none"));
    modem.pins.length = 0;
    expect(await clock.until(driver.retire(true))).toMatchObject({ ok: false, code: "no-answer" });
    expect(modem.pins).toEqual([]);
  });

  it("closes a socket that is still open", async () => {
    const { clock, modem, driver } = await attachedBench();
    modem.on('AT+QIOPEN=0,0,"UDP","198.51.100.7",5684,0,0', "OK", "+QIOPEN: 0,0");
    await clock.until(driver.openSocket("198.51.100.7", 5684));
    modem.instead("AT+QSCLK=1", "OK", { text: asleep, after: 20_000 });
    expect((await clock.until(driver.retire(true))).ok).toBe(true);
    expect(modem.commands.slice(1)).toEqual(["AT+QICLOSE=0", "AT+QSCLK=1"]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("lets the next command wake the modem", async () => {
    const { clock, modem, driver } = await attachedBench();
    modem.instead("AT+QSCLK=1", "OK", { text: asleep, after: 20_000 });
    await clock.until(driver.retire(true));
    modem.deafTo = 1;
    modem.attentions = 0;
    expect((await clock.until(driver.attach(1000))).ok).toBe(true);
    expect(modem.attentions).toBe(2);
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
    const outcome = driver.start("none");
    await clock.advance(age);
    driver.close();
    expect(await clock.until(outcome)).toMatchObject({ ok: false, code: "timed-out" });
    expect(clock.pendingTimers).toBe(0);
  });

  it.each([5, 500, 40_000])("ends an attach that is %d ms old", async (age) => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CEREG?", "+CEREG: 5,2", "OK");
    const outcome = driver.attach(200_000);
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
    const outcome = driver.retire(true);
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
      driver.start("none"),
      driver.attach(200_000),
      driver.networkTime(),
      driver.identity(),
      driver.signal(),
      driver.openSocket("198.51.100.7", 5684),
      driver.retire(true),
    ];
    for (const outcome of outcomes)
      expect(await clock.until<unknown>(outcome)).toMatchObject({ ok: false, code: "timed-out" });
  });
});
