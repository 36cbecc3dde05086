import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { PowerCut } from "../../../sim/chip/boundary/power-cut.js";
import { NodeEngine } from "../../../sim/engines/node/node-engine.js";
import { createXsEngine } from "../../../sim/engines/xs/xs-engine.js";
import { ProcessFixture } from "./process-fixture.js";

let fixture: ProcessFixture;

beforeEach(() => {
  fixture = new ProcessFixture(createXsEngine);
});

afterEach(() => {
  fixture.close();
});

describe("loading", () => {
  it("follows imports below and above, each module once", async () => {
    const engine = await fixture.load({
      "root.js":
        'import { one } from "./a/one.js"; import { two } from "./b/two.js"; export default () => boundaryCall(1, one.at(-1), two.length, 0, undefined);',
      "a/one.js": 'import { shared } from "../shared.js"; shared.push(1); export const one = shared;',
      "b/two.js": 'import { shared } from "../shared.js"; shared.push(2); export const two = shared;',
      "shared.js": "export const shared = [];",
    });
    engine.wake(0);
    expect(fixture.calls.map(({ a, b }) => [a, b])).toEqual([[2, 2]]);
  });

  it.each([
    [
      "a syntax error",
      'import "./broken.js"; export default () => {};',
      "broken.js, line 2: missing expression",
    ],
    ["a missing module", 'import "./nowhere.js";', "there is no module nowhere.js"],
    ["a bare import", 'import "fs";', 'root.js can\'t import "fs": only ./ and ../ imports are possible'],
    [
      "an import from outside",
      'import "../x.js";',
      'root.js can\'t import "../x.js": it leaves the folder of modules',
    ],
    ["an exception in a module", 'throw new Error("not today");', "unhandled exception: Error: not today"],
    ["a call in a module's body", "boundaryCall(1);", "no call may be made while modules load"],
    ["a root without a function", "export default 3;", "the default export of root.js is no function"],
  ])("names %s in one line", async (_, root, message) => {
    const loading = fixture.load({ "root.js": root, "broken.js": "const fine = 1;\nlet value = ;" });
    const error = await loading.then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    expect(error?.message).toContain(message);
    expect(error?.message).toMatch(/^the XS program ended with code 1: [^\n]*$/);
  });

  it("understands the ES2022 that our code is written in", async () => {
    const engine = await fixture.load({
      "root.js": `
        class Register {
          static limit;
          static { Register.limit = 40; }
          #total = 1n;
          step = 0x1_0;
          #secret() { return this.step; }
          static owns(candidate) { return #total in candidate; }
          get value() { return Number(this.#total) + this.#secret(); }
        }
        class Fault extends Error { name = "Fault"; }
        export default async () => {
          let unset; unset ??= 2; unset ||= 3; unset &&= unset + 1;
          const register = new Register();
          const results = await Promise.allSettled([Promise.resolve(1), Promise.reject(new Fault("x", { cause: 7 }))]);
          const { reason } = results.at(-1);
          let checks = 0;
          for (const good of [
            register.value === 17, Register.limit === 40, Register.owns(register), !Register.owns({}), unset === 3,
            reason.cause === 7, reason instanceof Fault, String(reason) === "Fault: x",
            Object.hasOwn({ a: 1 }, "a"), [1, 2, 3].findLast((n) => n < 3) === 2, "a-b".replaceAll("-", "+") === "a+b",
            register?.missing?.() === undefined, [..."ab"].length === 2, [[1], [2]].flat().length === 2,
            new DataView(new ArrayBuffer(8)).getBigUint64(0) === 0n, [3, 1, 2].sort((a, b) => a - b).join() === "1,2,3",
          ]) checks = checks * 2 + (good ? 1 : 0);
          boundaryCall(1, checks, 0, 0, undefined);
        };`,
    });
    engine.wake(0);
    expect(fixture.panic).toBeUndefined();
    expect(fixture.calls[0]?.a).toBe(0xffff);
  });

  it("gives the real application the same first calls as Node does", async () => {
    const record = (into: number[]) => (operation: number) => {
      into.push(operation);
      throw new PowerCut("this is all we want to know");
    };
    const onNode: number[] = [];
    await new NodeEngine(record(onNode)).wake(0);
    const onXs: number[] = [];
    const engine = await createXsEngine(record(onXs));
    engine.wake(0);
    engine.close();
    expect(onXs).toEqual(onNode);
  });
});
