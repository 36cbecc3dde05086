import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterEach, beforeEach, expect, it } from "@jest/globals";

import { Operation } from "../../../sim/chip/boundary/port.js";
import { createXsEngine } from "../../../sim/engines/xs/xs-engine.js";
import { ProcessFixture } from "./process-fixture.js";

let fixture: ProcessFixture;

beforeEach(() => {
  fixture = new ProcessFixture(createXsEngine);
});

afterEach(() => {
  fixture.close();
});

/** As `xsc` binds C, with a call in its place that fills a buffer as the chip's C does: by the engine's own buffer call. */
const binding = `globalThis.native = (name) => function (...values) {
  return name === "xs_tally_pulse_read" ? boundaryCall(${Operation.retainedRead}, 0, 0, 0, ...values) === 1 : true;
};`;

function compiled(path: string): string {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 };
  return ts.transpileModule(readFileSync(path, "utf8"), { compilerOptions: options }).outputText;
}

it("the chip's pulse input hands the engine a buffer that it takes", async () => {
  const counted = Uint8Array.from({ length: 24 }, (_, index) => (index % 4 === 0 ? index + 1 : 0));
  fixture.answer = ({ operation }) => (operation === Operation.retainedRead ? counted : undefined);
  const engine = await fixture.load({
    "native.js": binding,
    "hal/base/ranges.js": compiled("hal/base/ranges.ts"),
    "hal/esp32/pulse-input/pulse-input.js": readFileSync(
      join("hal", "esp32", "pulse-input", "pulse-input.js"),
      "utf8",
    ),
    "root.js": `import "./native.js";
      import { pulseInputClass } from "./hal/esp32/pulse-input/pulse-input.js";
      const PulseInput = pulseInputClass({ contactA: 0, pullUp: "external" });
      export default function () {
        const input = new PulseInput({ sensor: "single-reed", debounceMilliseconds: 5, magnetSeconds: 15 });
        const { forward, reverse } = input.read();
        boundaryCall(1, forward, reverse);
      }`,
  });
  engine.wake(0);
  expect(fixture.panic).toBeUndefined();
  expect(fixture.calls.at(-1)).toMatchObject({ a: 1, b: 5 });
});
