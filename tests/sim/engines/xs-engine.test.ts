import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { PowerCut } from "../../../sim/chip/boundary/power-cut.js";
import { createXsEngine } from "../../../sim/engines/xs/xs-engine.js";
import { ProcessFixture } from "./process-fixture.js";

let fixture: ProcessFixture;

beforeEach(() => {
  fixture = new ProcessFixture(createXsEngine);
});

afterEach(() => {
  fixture.close();
});

describe("a wake", () => {
  it("finds every module variable as it was after loading", async () => {
    const engine = await fixture.handler(
      "call(1, ++count, list.push(event));",
      "let count = 0; const list = [];",
    );
    engine.wake(0);
    engine.deliver(2, 0, 0, 0);
    engine.wake(0);
    expect(fixture.calls.map(({ a, b }) => [a, b])).toEqual([
      [1, 1],
      [2, 2],
      [1, 1],
    ]);
  });

  it("is the same after a thousand others, however much memory they used", async () => {
    const engine = await fixture.handler(
      `if (event === 2) for (let index = 0; index < 2000; index++) kept.set(index % 50, { text: "x" + index });
       call(1, kept.size);`,
      "const kept = new Map();",
    );
    engine.wake(0);
    const first = engine.costs;
    for (let count = 0; count < 1000; count++) {
      engine.wake(0);
      if (count % 10 === 0) engine.deliver(2, 0, 0, 0);
    }
    engine.wake(0);
    expect(engine.costs).toEqual(first);
    expect(fixture.calls.at(-1)).toEqual(fixture.calls[0]);
    expect(fixture.panic).toBeUndefined();
  });

  it("does not run what an earlier run left to do", async () => {
    const engine = await fixture.handler(
      "if (event === 1) call(1).then?.(); else resolve?.(); new Promise((done) => { resolve = done; }).then(() => call(9));",
      "let resolve;",
    );
    fixture.answer = () => {
      throw new PowerCut("cut");
    };
    engine.wake(0);
    fixture.answer = () => 1;
    engine.wake(0);
    expect(fixture.calls.map(({ operation }) => operation)).not.toContain(9);
  });
});

describe("an event", () => {
  it("reaches the application with its numbers exact", async () => {
    const engine = await fixture.handler("call(event, ticks, a, b);");
    engine.wake(2 ** 53 - 1);
    engine.deliver(3, 0.1, -0, Number.NaN);
    expect(fixture.calls.map(({ operation, a, b, c }) => [operation, a, b, c])).toEqual([
      [1, 2 ** 53 - 1, 0, 0],
      [3, 0.1, -0, Number.NaN],
    ]);
  });

  it("has ended only when no promise job is left", async () => {
    const engine = await fixture.handler(
      "(async () => { for (let step = 0; step < 50; step++) await undefined; call(7); })(); call(6);",
    );
    engine.wake(0);
    expect(fixture.calls.map(({ operation }) => operation)).toEqual([6, 7]);
  });

  it("is ignored before the first wake and after a stop", async () => {
    const engine = await fixture.handler("call(event);");
    engine.deliver(2, 0, 0, 0);
    engine.wake(0);
    engine.stop();
    engine.deliver(3, 0, 0, 0);
    expect(fixture.calls.map(({ operation }) => operation)).toEqual([1]);
  });

  it("can't be delivered inside a call", async () => {
    const engine = await fixture.handler("call(5);");
    fixture.answer = () => {
      engine.deliver(2, 0, 0, 0);
      return undefined;
    };
    expect(() => {
      engine.wake(0);
    }).toThrow("inside a call");
  });
});

describe("a call", () => {
  const numbers = [
    0,
    -0,
    1,
    -1,
    0.1,
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 53 - 1,
    5e-324,
    Infinity,
    -Infinity,
    Number.NaN,
  ];

  it("carries numbers there and back exactly", async () => {
    const engine = await fixture.handler("for (let n = 0; n < a; n++) call(2, call(1, n));");
    fixture.answer = ({ operation, a }) => (operation === 1 ? numbers[a] : undefined);
    engine.wake(0);
    engine.deliver(2, 0, numbers.length, 0);
    const returned = fixture.calls.filter(({ operation }) => operation === 2).map(({ a }) => a);
    expect(returned).toEqual(numbers);
  });

  it("tells no bytes from an empty array, there and back", async () => {
    const engine = await fixture.handler("call(1, 0, 0, 0, call(0x10)); call(2, 0, 0, 0, call(0x11));");
    fixture.answer = ({ operation }) => (operation === 0x11 ? new Uint8Array(0) : undefined);
    engine.wake(0);
    const [, none, , empty] = fixture.calls;
    expect(none?.bytes).toBeUndefined();
    expect(empty?.bytes).toEqual(new Uint8Array(0));
  });

  it("carries the bytes of a view without its surroundings", async () => {
    const engine = await fixture.handler("call(1, 0, 0, 0, new Uint8Array([1, 2, 3, 4]).subarray(1, 3));");
    engine.wake(0);
    expect(fixture.calls[0]?.bytes).toEqual(Uint8Array.of(2, 3));
  });

  it("returns bytes that the application can change and send back", async () => {
    const engine = await fixture.handler(
      "const bytes = call(1); bytes[0] ^= 0xff; call(2, bytes.length, 0, 0, bytes);",
    );
    const content = Uint8Array.from({ length: 65536 }, (_, index) => (index * 7) & 0xff);
    fixture.answer = ({ operation }) => (operation === 1 ? content.subarray(0, 20000) : undefined);
    engine.wake(0);
    const expected = content.slice(0, 20000);
    expected[0] = 0xff;
    expect(fixture.calls[1]?.bytes).toEqual(expected);
  });

  it("hands over bytes that stay as they are", async () => {
    const engine = await fixture.handler(
      "const bytes = new Uint8Array([1]); call(1, 0, 0, 0, bytes); bytes[0] = 2; call(2, 0, 0, 0, bytes);",
    );
    engine.wake(0);
    expect(fixture.calls.map(({ bytes }) => bytes?.[0])).toEqual([1, 2]);
  });

  it("refuses what does not fit a frame", async () => {
    const engine = await fixture.handler("call(1);");
    fixture.answer = () => new Uint8Array(65537);
    expect(() => {
      engine.wake(0);
    }).toThrow("65536 bytes");
  });
});

describe("the end of a run inside a call", () => {
  const body = "try { call(1); call(2); } catch { call(3); } finally { call(4); }";

  it("by a power cut stops the application right there, and the next wake works", async () => {
    const engine = await fixture.handler(body);
    fixture.answer = () => {
      throw new PowerCut("cut");
    };
    engine.wake(0);
    engine.deliver(2, 0, 0, 0);
    expect(fixture.calls.map(({ operation }) => operation)).toEqual([1]);
    fixture.answer = () => undefined;
    engine.wake(0);
    expect(fixture.calls.map(({ operation }) => operation)).toEqual([1, 1, 2, 4]);
  });

  it("by any other error is the caller's to see", async () => {
    const engine = await fixture.handler(body);
    const error = new RangeError("a bug in a model");
    fixture.answer = () => {
      throw error;
    };
    expect(() => {
      engine.wake(0);
    }).toThrow(error);
    expect(fixture.calls).toHaveLength(1);
  });

  it("by stopping the engine needs no exception", async () => {
    const engine = await fixture.handler(body);
    fixture.answer = () => {
      engine.stop();
      return 0;
    };
    engine.wake(0);
    expect(fixture.calls).toHaveLength(1);
  });

  it("by closing the engine is possible too", async () => {
    const engine = await fixture.handler(body);
    fixture.answer = () => {
      engine.close();
      return 0;
    };
    engine.wake(0);
    engine.close();
    expect(fixture.calls).toHaveLength(1);
  });
});

describe("an application that goes wrong", () => {
  it.each([
    ["out of memory for slots", "let all; for (;;) all = { all };"],
    ["out of memory for chunks", "const all = []; for (;;) all.push(new Uint8Array(4096));"],
  ])("panics when it is %s, and starts again at the next wake", async (message, greedy) => {
    const engine = await fixture.handler(`call(1); if (event === 2) { ${greedy} }`);
    engine.wake(0);
    engine.deliver(2, 0, 0, 0);
    expect(fixture.panic).toBe(message);
    engine.deliver(3, 0, 0, 0);
    engine.wake(0);
    expect(fixture.calls.map(({ operation }) => operation)).toEqual([1, 1, 99, 1]);
  });

  it("panics when it calls itself without end", async () => {
    const engine = await fixture.handler("const deeper = () => deeper() + 1; deeper();");
    engine.wake(0);
    expect(fixture.panic).toBe("out of stack");
  });

  it("panics with the text of an exception that nobody caught", async () => {
    const engine = await fixture.handler(
      'const check = () => { throw new RangeError("too far"); }; check();',
    );
    engine.wake(0);
    expect(fixture.panic).toMatch(/^unhandled exception: RangeError: too far\n at check/);
  });

  it("panics with the text of a rejection that nobody handled", async () => {
    const engine = await fixture.handler('Promise.reject(new Error("no answer"));');
    engine.wake(0);
    expect(fixture.panic).toMatch(/^unhandled rejection: Error: no answer/);
  });

  it("panics in spite of an exception that can't be told", async () => {
    const engine = await fixture.handler("throw { get stack() { throw 1; } };");
    engine.wake(0);
    expect(fixture.panic).toMatch(/^unhandled exception: /);
  });
});

describe("a program that dies", () => {
  it("is an error that tells the signal, whether it dies idle or in a call", async () => {
    const engine = await fixture.handler("call(1);");
    fixture.answer = () => {
      process.kill(engine.processId ?? Number.NaN, "SIGKILL");
      return 0;
    };
    expect(() => {
      engine.wake(0);
    }).toThrow("the XS program was killed by signal 9");
    expect(() => {
      engine.wake(0);
    }).toThrow("the XS program is closed");
  });
});
