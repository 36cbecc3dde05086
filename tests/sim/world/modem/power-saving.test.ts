import { describe, expect, it } from "@jest/globals";
import { ModemBench } from "./modem-bench.js";

/** T3412 of 10 h, T3324 of 10 s. */
const powerSaving = 'AT+CPSMS=1,,,"01000001","00000101"';

/** Asleep in power saving mode, 20 s of connection and 10 s of T3324 after its last traffic. */
function asleep(bench = new ModemBench()): ModemBench {
  bench.start().open();
  bench.command("AT+QNBIOTEVENT=1,1");
  bench.command(powerSaving);
  bench.reach();
  bench.command("AT+QSCLK=1");
  bench.run(60);
  return bench;
}

describe("light sleep", () => {
  it("loses the first command, which only wakes", () => {
    const bench = new ModemBench().start();
    bench.command("AT+QSCLK=2");
    bench.run(60);
    expect(bench.command("AT")).toEqual([]);
    expect(bench.command("AT")).toEqual(["OK"]);
  });

  it("comes after ten seconds of silence, not before", () => {
    const bench = new ModemBench().start();
    bench.command("AT+QSCLK=2");
    bench.run(60);
    bench.command("AT");
    bench.run(9);
    expect(bench.command("AT")).toEqual(["OK"]);
  });

  it("never comes with AT+QSCLK=0", () => {
    const bench = new ModemBench().start();
    bench.run(3_600);
    expect(bench.command("AT")).toEqual(["OK"]);
  });

  it("draws the current of discontinuous reception, and less with eDRX", () => {
    const bench = new ModemBench().start();
    bench.command("AT+QSCLK=2");
    bench.run(60);
    expect(bench.modem.currentMilliamperes).toBeCloseTo(0.2, 3);
    bench.command("AT");
    bench.command('AT+CEDRXS=2,5,"0011"');
    bench.run(60);
    expect(bench.modem.currentMilliamperes).toBeCloseTo(0.038, 4);
  });
});

describe("power saving mode", () => {
  it("begins when the connection and T3324 are over", () => {
    const bench = new ModemBench().start();
    bench.command("AT+CSCON=1");
    bench.command("AT+QNBIOTEVENT=1,1");
    bench.command(powerSaving);
    bench.command("AT+QSCLK=1");
    bench.run(60);
    expect(bench.takeLines()).toEqual(["+CSCON: 0", '+QNBIOTEVENT: "ENTER PSM"']);
    expect(bench.modem.state).toBe("psm");
    expect(bench.modem.currentMilliamperes).toBe(0.0008);
  });

  it("waits while AT+QSCLK=0, and follows once that is lifted", () => {
    const bench = new ModemBench().start();
    bench.command("AT+QNBIOTEVENT=1,1");
    bench.command(powerSaving);
    bench.run(600);
    expect(bench.modem.state).toBe("idle");
    expect(bench.command("AT+QSCLK=1", 1)).toEqual(["OK", '+QNBIOTEVENT: "ENTER PSM"']);
    expect(bench.modem.state).toBe("psm");
  });

  it("loses the first command, wakes within about a second and registers again", () => {
    const bench = asleep();
    bench.command("AT", 0.5);
    expect(bench.command("AT", 0.2)).toEqual([]);
    bench.run(1);
    expect(bench.takeLines()).toEqual(['+QNBIOTEVENT: "EXIT PSM"']);
    expect(bench.command("AT+CEREG?")).toEqual(["+CEREG: 0,2", "OK"]);
    bench.run(3);
    expect(bench.command("AT+CEREG?")).toEqual(["+CEREG: 0,1", "OK"]);
    expect(bench.command("AT+CGPADDR?")[0]).toBe('+CGPADDR: 0,"10.64.0.1"');
  });

  it("keeps echo and report settings, and loses sockets", () => {
    const bench = asleep();
    expect(bench.command("AT", 4)).toEqual(['+QNBIOTEVENT: "EXIT PSM"']);
    expect(bench.command("AT+QISTATE?")).toEqual(["OK"]);
    expect(bench.command('AT+QISEND=0,1,"01"')).toEqual(["ERROR"]);
  });

  it("keeps sockets where AT+QSCLK=2 allows only light sleep", () => {
    const bench = new ModemBench().start().open();
    bench.command(powerSaving);
    bench.command("AT+QSCLK=2");
    bench.run(120);
    expect(bench.modem.state).toBe("psm");
    bench.command("AT");
    expect(bench.command('AT+QISEND=0,1,"01"', 8)).toEqual(["OK", "SEND OK"]);
    expect(bench.uplinks.length).toBe(1);
    expect(bench.modem.state).toBe("connected");
  });

  it("wakes by itself when T3412 has run out, and sleeps again", () => {
    const bench = asleep();
    bench.takeText();
    bench.run(35_940);
    expect(bench.takeLines()).toEqual([]);
    bench.run(120);
    expect(bench.takeLines()).toEqual(['+QNBIOTEVENT: "EXIT PSM"', '+QNBIOTEVENT: "ENTER PSM"']);
    expect(bench.modem.state).toBe("psm");
  });

  it("is left by the power key too", () => {
    const bench = asleep();
    bench.takeText();
    bench.pressPowerKey();
    bench.run(3);
    expect(bench.takeLines()).toEqual(['+QNBIOTEVENT: "EXIT PSM"']);
  });

  it("silently loses a command that it overtakes", () => {
    const bench = new ModemBench({ behaviour: { responseMilliseconds: { low: 400, high: 400 } } }).start();
    bench.command(powerSaving, 1);
    bench.run(60);
    bench.command("AT+QSCLK=1", 0.4);
    expect(bench.command("AT", 5)).toEqual(["OK"]);
    expect(bench.modem.state).toBe("psm");
  });
});

describe("datagrams for a sleeping modem", () => {
  it("are kept by the network until the modem's port is open again", () => {
    const bench = new ModemBench().start();
    const open = 'AT+QIOPEN=0,0,"UDP","203.0.113.7",5684,5000,0';
    bench.command(open, 1);
    bench.command("AT+CPSMS=1", 1);
    bench.command(powerSaving);
    const { reply } = bench.reach();
    bench.command("AT+QSCLK=1");
    bench.run(60);
    expect(bench.modem.state).toBe("psm");
    reply(Uint8Array.of(7));
    bench.run(60);
    expect(bench.network.counters.datagramsDown).toBe(0);
    bench.command("AT", 1.5);
    bench.run(1);
    // The registration takes 2 s, and the network needs a moment for its delivery after that.
    expect(bench.command("AT+CEREG?", 0.1)[0]).toBe("+CEREG: 0,2");
    while (!bench.command("AT+CEREG?", 0.05).includes("+CEREG: 0,1"));
    expect(bench.command(open, 3)).toEqual(["OK", "+QIOPEN: 0,0", '+QIURC: "recv",0']);
    expect(bench.command("AT+QIRD=0,512")[0]).toBe('+QIRD: 1,0,"07"');
  });

  it("reach a modem that has kept its sockets in light sleep", () => {
    const bench = new ModemBench().start().open();
    bench.command(powerSaving);
    bench.command("AT+QSCLK=2");
    const { reply } = bench.reach();
    bench.run(60);
    for (let index = 0; index < 6; index++) reply(Uint8Array.of(index));
    bench.run(60);
    expect(bench.network.counters.datagramsDown).toBe(0);
    bench.command("AT");
    bench.command('AT+QISEND=0,1,"01"', 15);
    // Four are kept, two are lost.
    expect(bench.network.counters.datagramsDown).toBe(4);
  });

  it("are lost when release assistance sends the modem to sleep before the answer", () => {
    const bench = new ModemBench({
      conditions: {
        grantedActiveSeconds: 0,
        uplinkMilliseconds: { low: 2_000, high: 2_000 },
        downlinkMilliseconds: { low: 2_000, high: 2_000 },
      },
    })
      .start()
      .open();
    bench.command(powerSaving);
    bench.command("AT+QSCLK=1");
    bench.command('AT+QISEND=0,1,"01",1', 3);
    bench.uplinks[0]?.reply(Uint8Array.of(1));
    bench.run(60);
    expect(bench.modem.state).toBe("psm");
    expect(bench.network.counters.datagramsDown).toBe(0);
  });
});

describe("release assistance", () => {
  const secondsConnected = (assistance: 0 | 1 | 2): number => {
    const bench = new ModemBench({
      conditions: {
        uplinkMilliseconds: { low: 1_000, high: 1_000 },
        downlinkMilliseconds: { low: 1_000, high: 1_000 },
      },
    })
      .start()
      .open();
    bench.run(30);
    bench.type(`AT+QISEND=0,1,"01",${assistance}\r`);
    let seconds = 0;
    let isAnswered = false;
    for (let step = 0; step < 400; step++) {
      bench.run(0.1);
      if (bench.modem.state === "connected") seconds += 0.1;
      if (isAnswered || bench.uplinks.length === 0) continue;
      isAnswered = true;
      bench.uplinks[0]?.reply(Uint8Array.of(1));
    }
    return seconds;
  };

  it("ends the connection after one answer", () => {
    expect(secondsConnected(0)).toBeGreaterThan(20);
    expect(secondsConnected(2)).toBeLessThan(5);
  });

  it("ends the connection after the datagram: an answer opens another one", () => {
    const bench = new ModemBench().start().open();
    bench.run(30);
    bench.command("AT+CSCON=1");
    expect(bench.command('AT+QISEND=0,1,"01",1', 15)).toEqual(["OK", "+CSCON: 1", "SEND OK", "+CSCON: 0"]);
    bench.uplinks[0]?.reply(Uint8Array.of(1));
    bench.run(8);
    expect(bench.takeLines()).toEqual(["+CSCON: 1", '+QIURC: "recv",0']);
  });
});
