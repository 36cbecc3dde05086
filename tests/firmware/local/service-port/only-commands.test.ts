import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { commands } from "../../../../firmware/contracts/service-commands.js";
import { ErrorCode } from "../../../../firmware/contracts/service-protocol.js";
import { sealLine } from "../../../../firmware/contracts/service-line.js";
import { withUnit } from "../../../sim/unit/unit-visit.js";
import { filesUnder, projectFiles } from "../../../structure/source-files.js";

/** Whatever the firmware could compare the name of a method with: each of its texts that such a name can be. */
function textsOfFirmware(): string[] {
  const texts = new Set<string>();
  for (const [path, text] of filesUnder(projectFiles(), "firmware", "drivers", "hal/base")) {
    const visit = (node: ts.Node): void => {
      const isText = ts.isStringLiteralLike(node) || ts.isIdentifier(node);
      if (isText && /^[\w .-]{1,24}$/.test(node.text)) texts.add(node.text);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  }
  return [...texts];
}

describe("the service port", () => {
  it("answers no method but the commands of its list, whatever text stands in the firmware", async () => {
    const known = new Set<string>(commands.map(({ name }) => name));
    const strange = textsOfFirmware().filter((text) => !known.has(text));
    expect(strange.length).toBeGreaterThan(1000);
    await withUnit({}, async (terminal, unit) => {
      const wrong: string[] = [];
      for (const method of strange) {
        const before = terminal.lines.length;
        terminal.sendRaw(`${sealLine(JSON.stringify({ jsonrpc: "2.0", id: 7, method, params: {} }))}\n`);
        await unit.clock.wait(60);
        const [answer = "{}", ...more] = terminal.lines.slice(before);
        const { error } = JSON.parse(answer) as { error?: { code: number } };
        if (error?.code !== ErrorCode.unknownMethod || more.length > 0) wrong.push(method);
      }
      expect(wrong).toEqual([]);
    });
  });
});
