import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Bc660kGl } from "../../../../drivers/nb-iot/bc660k-gl/bc660k-gl.js";
import { createBench } from "../bench.js";
import { ScriptedModem } from "../scripted-modem.js";
import { VirtualClock } from "../../../virtual-clock.js";

const valid = { apn: "meters.example", powerSaving: { periodicUpdateSeconds: 86_400, activeSeconds: 30 } };

describe("the driver's options", () => {
  it.each([
    ["an empty access point name", { ...valid, apn: "" }],
    ["a quote in the access point name", { ...valid, apn: 'a"b' }],
    ["no periodic update", { ...valid, powerSaving: { periodicUpdateSeconds: 0, activeSeconds: 30 } }],
    ["a broken active time", { ...valid, powerSaving: { periodicUpdateSeconds: 60, activeSeconds: 2.5 } }],
  ])("are checked before anything is opened: %s", (_, options) => {
    const clock = new VirtualClock();
    const modem = new ScriptedModem(clock);
    expect(() => new Bc660kGl({ ...options, connection: modem.connection, clock })).toThrow(RangeError);
    expect(modem.portOptions).toBeUndefined();
  });

  it("include a speed that the port can run at", () => {
    const clock = new VirtualClock();
    const modem = new ScriptedModem(clock);
    const connection = { ...modem.connection, serial: { ...modem.serial, baud: 100 } };
    expect(() => new Bc660kGl({ ...valid, connection, clock })).toThrow(RangeError);
    expect(modem.portOptions).toBeUndefined();
  });

  it("leave nothing open when a pin is not to be had", () => {
    const clock = new VirtualClock();
    const modem = new ScriptedModem(clock);
    class NoPin {
      constructor() {
        throw new Error("in use");
      }
      write(): void {
        throw new Error("never opened");
      }
      close(): void {
        throw new Error("never opened");
      }
    }
    const connection = { ...modem.connection, reset: { io: NoPin, pin: "reset" } };
    expect(() => new Bc660kGl({ ...valid, connection, clock })).toThrow("in use");
    expect(modem.isPortOpen).toBe(false);
    expect(modem.pins).toEqual(["power-key:closed"]);
  });
});

describe("starting a modem that was of no use lately", () => {
  it("resets one that answers", async () => {
    const { clock, modem, driver } = createBench();
    expect((await clock.until(driver.start("reset"))).ok).toBe(true);
    expect(modem.pins.map((pin) => pin.replace(/@\d+$/, ""))).toEqual(["reset:1", "reset:0"]);
    expect(modem.commands).toContain("AT+CPIN?");
  });

  it("switches one off, lets it leave the network, and switches it on", async () => {
    const { clock, modem, driver } = createBench();
    const started = driver.start("power-cycle");
    await clock.advance(2000);
    // Off: it hears nothing until the key is pressed again.
    modem.deafTo = 10;
    expect((await clock.until(started)).ok).toBe(true);
    const presses = modem.pins.filter((pin) => pin.startsWith("power-key:1"));
    const [first = 0, second = 0] = presses.map((pin) => Number(pin.split("@")[1]));
    expect(presses).toHaveLength(2);
    expect(second - first).toBeGreaterThan(5000);
  });
});

describe("starting the modem", () => {
  it("only reads the settings of one that is configured", async () => {
    const { clock, modem, driver } = createBench();
    expect(await clock.until(driver.start("none"))).toEqual({ ok: true, value: undefined });
    const writes = modem.commands.filter((command) => command.includes("=") && !command.endsWith('"'));
    expect(writes).toEqual(["AT+QSCLK=0"]);
    expect(modem.commands).not.toContain("ATE0");
    expect(modem.unexpected).toEqual([]);
    expect(modem.pins).toEqual([]);
  });

  it("writes each setting that differs, the access point with the radio off", async () => {
    const { clock, modem, driver } = createBench();
    modem
      .instead("AT+QCGDEFCONT?", '+QCGDEFCONT: "IP"', "OK")
      .instead("AT+CPSMS?", "+CPSMS: 0", "OK")
      .instead("AT+CMEE?", "+CMEE: 0", "OK")
      .instead("AT+CEREG?", "+CEREG: 0,2", "OK")
      .instead("AT+CSCON?", "+CSCON: 0,0", "OK")
      .instead("AT+QNBIOTEVENT?", "+QNBIOTEVENT: 0,1", "OK")
      .instead("AT+CTZR?", "+CTZR: 0", "OK")
      .instead('AT+QICFG="dataformat"', '+QICFG: "dataformat",0,0', "OK")
      .instead("AT+CFUN?", "+CFUN: 0", "OK");
    const writes = [
      "AT+CFUN=0",
      'AT+QCGDEFCONT="IP","meters.example"',
      'AT+CPSMS=1,,,"00111000","00001111"',
      "AT+CMEE=1",
      "AT+CEREG=5",
      "AT+CSCON=1",
      "AT+QNBIOTEVENT=1,1",
      "AT+CTZR=3",
      'AT+QICFG="dataformat",1,1',
      "AT+CFUN=1",
    ];
    for (const write of writes) modem.on(write, "OK");
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
    expect(modem.commands.filter((command) => writes.includes(command))).toEqual(writes);
  });

  it("ends the echo of one that sends commands back, and of no other", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT", { text: "AT\r\r\nOK\r\n" });
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
    expect(modem.commands.filter((command) => command === "ATE0")).toHaveLength(1);
  });

  it("restarts one that has taken a wake-up by its line, which counts only then", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead('AT+QCFG="wakeupRXD"', '+QCFG: "wakeupRXD",0', "OK");
    modem.on('AT+QCFG="wakeupRXD"', '+QCFG: "wakeupRXD",1', "OK").on('AT+QCFG="wakeupRXD",1', "OK");
    expect(await clock.until(driver.start("none"))).toEqual({ ok: true, value: undefined });
    expect(modem.pins.map((pin) => pin.replace(/@\d+$/, ""))).toEqual(["reset:1", "reset:0"]);
    expect(modem.commands.filter((command) => command === "AT+QSCLK=0")).toHaveLength(2);
  });

  it.each([
    ["does not take it", ["0", "0"], 0],
    ["forgets it again", ["0", "1", "0", "1"], 1],
  ])("restarts one that %s no more than once, and does without", async (_, values, resets) => {
    const { clock, modem, driver } = createBench();
    modem.instead('AT+QCFG="wakeupRXD"', `+QCFG: "wakeupRXD",${values[0]}`, "OK");
    for (const value of values.slice(1)) modem.on('AT+QCFG="wakeupRXD"', `+QCFG: "wakeupRXD",${value}`, "OK");
    modem.on('AT+QCFG="wakeupRXD",1', "OK");
    expect(await clock.until(driver.start("none"))).toEqual({ ok: true, value: undefined });
    expect(modem.pins.filter((pin) => pin.startsWith("reset:1"))).toHaveLength(resets);
  });

  it("begins anew with one that restarts while it is asked for what it may lack", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead('AT+QICFG="viewmode"', "RDY").on('AT+QICFG="viewmode"', '+QICFG: "viewmode",0', "OK");
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
    expect(modem.commands.filter((command) => command === "AT+QSCLK=0")).toHaveLength(2);
  });

  it("takes an access point name with the operator identifier added for its own", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+QCGDEFCONT?", '+QCGDEFCONT: "IP","METERS.EXAMPLE.mnc040.mcc901.gprs"', "OK");
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
    expect(modem.unexpected).toEqual([]);
  });

  it("does without settings that a firmware does not know", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead('AT+QICFG="showlength"', "ERROR").instead('AT+QCFG="wakeupRXD"', "+CME ERROR: 50");
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
  });

  it("reports a setting that the modem will not take", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CPSMS?", "+CPSMS: 0", "OK");
    modem.on('AT+CPSMS=1,,,"00111000","00001111"', "+CME ERROR: 50");
    expect(await clock.until(driver.start("none"))).toMatchObject({ ok: false, code: "refused" });
  });

  it("wakes one that loses the first commands after its sleep", async () => {
    const { clock, modem, driver } = createBench();
    modem.deafTo = 3;
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
    expect(modem.attentions).toBe(4);
    expect(modem.pins).toEqual([]);
  });

  it("is not led astray by answers to its first attempts that come late", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT", { text: "\r\nOK\r\n", after: 250 });
    modem.on("AT+CCLK?", { text: "\r\n+CCLK: 26/07/01,12:00:00+00\r\n", after: 200 }, "OK");
    const value = { epochMilliseconds: Date.parse("2026-07-01T12:00:00Z"), otherMilliseconds: undefined };
    expect(await clock.until(driver.networkTime())).toEqual({ ok: true, value });
    expect(modem.attentions).toBe(2);
  });

  it("waits for one that answers ERROR while it starts up", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT", "ERROR").on("AT", "ERROR").on("AT", "OK");
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
    expect(modem.attentions).toBe(3);
  });

  it("begins anew with one that restarts in the middle of it", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+QSCLK=0", "RDY").on("AT+QSCLK=0", "OK");
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
    expect(modem.commands.filter((command) => command === "AT+QSCLK=0")).toHaveLength(2);
    expect(clock.ticks).toBeLessThan(3000);
  });

  it("switches on one that is off with the power key", async () => {
    const { clock, modem, driver } = createBench();
    modem.deafTo = Infinity;
    modem.onPin = (pin, level) => {
      if (pin !== "power-key" || level !== 0) return;
      clock.setTimer(() => {
        modem.deafTo = 0;
        modem.say("\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n");
      }, 4000);
    };
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
    expect(modem.pins).toEqual(["power-key:1@5500", "power-key:0@6200"]);
  });

  it("resets one that is frozen when the power key does not help", async () => {
    const { clock, modem, driver } = createBench();
    modem.deafTo = Infinity;
    modem.onPin = (pin, level) => {
      if (pin === "reset" && level === 0) modem.deafTo = 2;
    };
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
    expect(modem.pins).toEqual(["power-key:1@5500", "power-key:0@6200", "reset:1@21700", "reset:0@21800"]);
  });

  it("gives up on one that stays silent", async () => {
    const { clock, modem, driver } = createBench();
    modem.deafTo = Infinity;
    expect(await clock.until(driver.start("none"))).toMatchObject({ ok: false, code: "no-answer" });
    expect(clock.ticks).toBeLessThan(40_000);
  });

  it("makes sure that one that lost a command listens before it gets the next", async () => {
    const { clock, modem, driver } = createBench();
    modem.on("AT+CCLK?").on("AT+CCLK?", "+CCLK: 26/07/01,12:00:00+00", "OK");
    expect(await clock.until(driver.networkTime())).toMatchObject({ ok: false, code: "timed-out" });
    expect(modem.attentions).toBe(1);
    modem.deafTo = 1;
    expect((await clock.until(driver.networkTime())).ok).toBe(true);
    expect(modem.attentions).toBe(3);
  });

  it("ends with an outcome whatever the modem says", async () => {
    const words = ["OK", "ERROR", "+CME ERROR: 10", "+CEREG: ", "+CPIN: READY", "+CFUN: 1", '"', ",", "\r\n"];
    const noise = fc.array(
      fc.oneof(fc.constantFrom(...words), fc.string({ unit: "binary-ascii", maxLength: 30 })),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(noise, fc.array(noise, { maxLength: 30 }), async (answer, interjections) => {
        const { clock, modem, driver } = createBench();
        modem.instead("AT+CEREG?", { text: `\r\n${answer.join("")}\r\n` });
        interjections.forEach((words, index) => {
          clock.setTimer(() => {
            modem.say(words.join(""));
          }, index * 37);
        });
        const outcomes = [driver.start("none"), driver.attach(200_000), driver.retire(true)];
        for (const outcome of outcomes) expect(typeof (await clock.until(outcome)).ok).toBe("boolean");
        driver.close();
        expect(clock.pendingTimers).toBe(0);
      }),
      { numRuns: 50, seed: 660 },
    );
  });
});

describe("a SIM", () => {
  it("may take a moment", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CPIN?", "+CME ERROR: 14").on("AT+CPIN?", "+CPIN: READY", "OK");
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
    expect(modem.pins).toEqual([]);
  });

  it.each(["+CME ERROR: 10", "CPIN ERROR", "ERROR", "+CPIN: NOT READY"])("is missing: %s", async (answer) => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CPIN?", answer, "OK");
    expect(await clock.until(driver.start("none"))).toMatchObject({ ok: false, code: "no-sim" });
  });

  it("that does not answer may be found again after a reset", async () => {
    const { clock, modem, driver } = createBench();
    modem.instead("AT+CPIN?", "CPIN ERROR");
    modem.onPin = (pin) => {
      if (pin === "reset") modem.instead("AT+CPIN?", "+CPIN: READY", "OK");
    };
    expect((await clock.until(driver.start("none"))).ok).toBe(true);
  });
});
