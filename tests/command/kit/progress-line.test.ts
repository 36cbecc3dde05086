import { describe, expect, it } from "@jest/globals";

import { ProgressLine } from "../../../command/kit/progress-line.js";
import { CapturedStream } from "../bench.js";

describe("progress", () => {
  it("is told once where there is no terminal", () => {
    const stream = new CapturedStream();
    const progress = new ProgressLine(stream);
    for (const message of ["compiling 1 of 2", "compiling 2 of 2"]) progress.show(message);
    progress.close();
    expect(stream.text).toBe("compiling 1 of 2\n");
  });

  it("is rewritten on one line of a terminal and taken away at the end", () => {
    const stream = new CapturedStream();
    stream.isTTY = true;
    const progress = new ProgressLine(stream);
    for (const message of ["compiling 1 of 2", "compiling 2 of 2"]) progress.show(message);
    progress.close();
    expect(stream.text).toBe("\r\u001B[Kcompiling 1 of 2\r\u001B[Kcompiling 2 of 2\r\u001B[K");
  });

  it("leaves no trace when there was none", () => {
    const stream = new CapturedStream();
    stream.isTTY = true;
    new ProgressLine(stream).close();
    expect(stream.text).toBe("");
  });
});
