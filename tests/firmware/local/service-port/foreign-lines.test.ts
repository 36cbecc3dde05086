import { describe, expect, it } from "@jest/globals";
import { openLine, sealLine } from "../../../../firmware/contracts/service-line.js";
import { ErrorCode, requestLength } from "../../../../firmware/contracts/service-protocol.js";
import { type Answer, VisitBench } from "../../visit-bench.js";

function request(id: string, method: string, params?: object): string {
  return sealLine(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
}

/** The answers of the present visit to the requests with that id. */
function answersTo(bench: VisitBench, id: string): Answer[] {
  const messages = bench.lines.map((line) => JSON.parse(openLine(line) ?? "{}") as Answer & { id?: string });
  return messages.filter((message) => message.id === id);
}

async function inVisit(visit: (bench: VisitBench) => Promise<void>): Promise<void> {
  const bench = new VisitBench();
  await bench.visit("power-on", () => visit(bench));
}

/** What the port has something to say to while it works, and what it passes over in silence. */
const betweenLines: readonly (readonly [what: string, line: string])[] = [
  ["one that was refused", request("between", "identify")],
  ["no command", request("between", "nothing")],
  ["an invalid request", sealLine('{"jsonrpc":"1.0","id":"between","method":"identify"}')],
  ["no JSON", sealLine("hello")],
  ["a garbled line", "hello*0000"],
  ["a line that is too long", "x".repeat(requestLength + 1)],
  ["an answer", sealLine('{"jsonrpc":"2.0","id":"between","result":{}}')],
  ["an error", sealLine('{"jsonrpc":"2.0","id":"between","error":{}}')],
  ["an empty line", ""],
];

describe("while a command is under way, a further one", () => {
  it.each(betweenLines)("is refused behind %s, too", async (_, line) => {
    await inVisit(async (bench) => {
      bench.send(`${request("first", "pulseCounts", { windowMilliseconds: 1000 })}\n`);
      await bench.clock.advance(100);
      for (let times = 0; times < 3; times++) bench.send(`${line}\n`);
      bench.send(`${request("second", "pulseCounts", { windowMilliseconds: 10 })}\n`);
      await bench.clock.advance(100);
      expect(answersTo(bench, "second")).toMatchObject([{ error: { code: ErrorCode.busy } }]);
      expect(answersTo(bench, "first")).toEqual([]);
      await bench.clock.advance(1000);
      expect(answersTo(bench, "first")).toHaveLength(1);
      expect((await bench.ask("identify")).result).toBeDefined();
    });
  });
});

describe("a visit", () => {
  it.each(betweenLines)("goes on behind %s", async (_, line) => {
    await inVisit(async (bench) => {
      bench.send(`${line}\n`);
      await bench.clock.advance(10);
      expect((await bench.ask("identify")).result).toBeDefined();
    });
  });

  it("goes on when the line brings the meter back whatever it says itself", async () => {
    await inVisit(async (bench) => {
      await bench.ask("identify");
      await bench.ask("authenticate", { response: "0".repeat(64) });
      await bench.ask("clockDrift", { windowMilliseconds: 10 }, 20);
      const said = bench.lines.slice();
      expect(said.length).toBeGreaterThan(4);
      for (const line of said) {
        bench.send(`${line}\r\n`);
        await bench.clock.advance(1);
        expect((await bench.ask("identify")).result).toBeDefined();
      }
    });
  });
});

describe("a line of which bytes were lost", () => {
  it("is refused, though its check digits are right", async () => {
    await inVisit(async (bench) => {
      const line = request("lossy", "identify");
      bench.send(line.slice(0, 20));
      bench.loseBytes();
      bench.send(`${line.slice(20)}\n`);
      await bench.clock.advance(10);
      expect(answersTo(bench, "lossy")).toEqual([]);
      expect(JSON.parse(openLine(bench.lines.at(-1) ?? "") ?? "")).toMatchObject({
        id: null,
        error: { code: ErrorCode.parseError },
      });
      expect((await bench.ask("identify")).result).toBeDefined();
    });
  });

  it.each([200, requestLength - 1, requestLength])(
    "has nothing of the line before, which had %d characters, carried out once more",
    async (length) => {
      await inVisit(async (bench) => {
        const text = '{"jsonrpc":"2.0","id":"once","method":"identify"}';
        bench.send(`${sealLine(text.padEnd(length - 5))}\n`);
        await bench.clock.advance(10);
        bench.loseBytes();
        bench.send("\n");
        await bench.clock.advance(10);
        expect(answersTo(bench, "once")).toHaveLength(1);
      });
    },
  );
});
