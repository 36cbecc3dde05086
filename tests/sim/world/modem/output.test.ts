import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { defaultModemBehaviour, type ModemBehaviour } from "../../../../sim/world/modem/modem-behaviour.js";
import { ModemBench } from "./modem-bench.js";

/** The same conversation with some behaviour, every unsolicited line enabled. */
function converse(behaviour: Partial<ModemBehaviour>, seed = 1): ModemBench {
  const bench = new ModemBench({ seed, behaviour }).start();
  for (const command of ["AT+CEREG=5", "AT+CSCON=1", "AT+CTZR=3"]) bench.command(command, 1);
  for (let round = 0; round < 10; round++) {
    bench.type("AT+CFUN=0\r");
    bench.run(3);
    bench.type("AT+CFUN=1\r");
    bench.run(3);
    for (let step = 0; step < 30; step++) {
      bench.type("AT+CSQ\r");
      bench.run(0.4);
    }
    bench.run(30);
  }
  return bench;
}

describe("the modem's output", () => {
  it("says the same, however it is split", () => {
    const whole = converse({ splitOdds: 0 });
    const split = converse({ splitOdds: 0.5 });
    const shattered = converse({ splitOdds: 1 });
    expect(split.text).toBe(whole.text);
    expect(shattered.text).toBe(whole.text);
    expect(split.pieces.length).toBeGreaterThan(1.3 * whole.pieces.length);
    expect(shattered.pieces.length).toBeGreaterThan(3 * whole.pieces.length);
  });

  it("is the same stream of pieces for the same seed, and another for another", () => {
    const behaviour = { glueOdds: 0.3, splitOdds: 0.5, unsolicitedLossOdds: 0.1 };
    expect(converse(behaviour, 7).pieces).toEqual(converse(behaviour, 7).pieces);
    expect(converse(behaviour, 8).pieces).not.toEqual(converse(behaviour, 7).pieces);
  });

  it("glues unsolicited lines behind OK and into responses", () => {
    const benches = [1, 2, 3, 4, 5].map((seed) => converse({ glueOdds: 1 }, seed));
    const pieces = benches.flatMap((bench) => bench.pieces);
    expect(pieces.some((piece) => /\r\nOK\r\n\r\n\+C/.test(piece))).toBe(true);
    expect(pieces.some((piece) => /^\r\n\+CSQ: \d+,\d+\r\n\r\n\+C[^]*\r\nOK\r\n$/.test(piece))).toBe(true);
    expect(pieces).toContain("\r\n+CSQ: 11,0\r\n\r\nOK\r\n");
  });

  it("loses, doubles and reorders no line by gluing", () => {
    const unsolicited = (bench: ModemBench): string[] =>
      bench.text.split("\r\n").filter((line) => /^\+(CEREG|CSCON|IP):/.test(line));
    expect(unsolicited(converse({ glueOdds: 1 }))).toEqual(unsolicited(converse({ glueOdds: 0 })));
  });

  it("can lose unsolicited lines, but no response", () => {
    const { text } = converse({ unsolicitedLossOdds: 1 });
    expect(text).not.toMatch(/\+CEREG|\+CSCON|\+IP/);
    expect(text.match(/\r\nOK\r\n/g)?.length).toBe(converse({}).text.match(/\r\nOK\r\n/g)?.length);
  });

  it("takes its time: 115200 baud", () => {
    const bench = new ModemBench({ behaviour: { responseMilliseconds: { low: 0, high: 0 } } }).start();
    bench.type("ATI\r");
    const length = "\r\nQuectel_Ltd\r\n\r\nQuectel_BC660K-GL\r\n\r\nRevision: BC660KGLAAR01A01\r\n\r\nOK\r\n"
      .length;
    bench.run((length * 10) / 115_200 - 0.001);
    expect(bench.takeText()).toBe("");
    bench.run(0.002);
    expect(bench.takeText().length).toBe(length);
  });
});

describe("any input", () => {
  it("is survived, and a reset brings the modem back", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }),
        fc.nat(),
        (chunks, seed) => {
          const bench = new ModemBench({ seed, behaviour: defaultModemBehaviour }).start().open();
          for (const chunk of chunks) {
            bench.modem.receive(chunk);
            bench.run(0.05);
          }
          bench.modem.setReset(true);
          bench.modem.setReset(false);
          bench.run(2);
          expect(bench.command("AT")).toContain("OK");
        },
      ),
      { numRuns: 60 },
    );
  });

  it("that looks like commands is answered with one result for each", () => {
    const names = ["CFUN", "CEREG", "CPSMS", "QIOPEN", "QISEND", "QIRD", "QICLOSE", "CCLK", "QENG", "XYZZY"];
    const parameter = fc.oneof(
      fc.integer({ min: -1, max: 70_000 }).map(String),
      fc.constantFrom('"UDP"', '"203.0.113.7"', "", '"', '"00101000"', "0", "1"),
    );
    const command = fc
      .tuple(
        fc.constantFrom(...names),
        fc.constantFrom("", "?", "=?", "="),
        fc.array(parameter, { maxLength: 8 }),
      )
      .map(([name, operator, list]) => `AT+${name}${operator}${operator === "=" ? list.join(",") : ""}`);
    fc.assert(
      fc.property(fc.array(command, { minLength: 1, maxLength: 20 }), fc.nat(), (commands, seed) => {
        const bench = new ModemBench({ seed }).start();
        for (const text of commands) {
          const results = bench.command(text, 3).filter((line) => line === "OK" || line === "ERROR");
          expect(results.length).toBe(1);
        }
      }),
      { numRuns: 60 },
    );
  });
});
