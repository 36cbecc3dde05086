import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";

const folder = dirname(fileURLToPath(import.meta.url));
const file = join(folder, "conformance.ts");

describe("the native modules' types", () => {
  it("satisfy the HAL's", () => {
    const { config } = ts.readConfigFile(
      join(folder, "../../../tsconfig.json"),
      ts.sys.readFile.bind(ts.sys),
    ) as {
      config: { compilerOptions: Record<string, unknown> };
    };
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...config.compilerOptions, types: [], noEmit: true, skipLibCheck: false },
      join(folder, "../../.."),
    );
    const program = ts.createProgram([file], options);
    const messages = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    expect(program.getSourceFile(file)).toBeDefined();
    expect(messages).toEqual([]);
  });
});
