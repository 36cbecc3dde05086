import { describe, expect, it } from "@jest/globals";
import { sealLine } from "../../../firmware/contracts/service-line.js";
import { commands } from "../../../firmware/contracts/service-commands.js";
import type { Parameter } from "../../../firmware/contracts/service-parameters.js";
import { requestLength } from "../../../firmware/contracts/service-protocol.js";

function longestValue(parameter: Parameter): unknown {
  switch (parameter.type) {
    case "integer":
      return parameter.highest;
    case "text":
      return "x".repeat(parameter.longest);
    case "hexadecimal":
      return "F".repeat(parameter.byteLength * 2);
    case "choice":
      return [...parameter.choices].sort((one, other) => other.length - one.length)[0];
  }
}

describe("the list of commands", () => {
  it("has no name twice", () => {
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
  });

  it("is frozen through and through", () => {
    for (const command of commands)
      for (const each of [commands, command, command.parameters, ...command.parameters])
        expect(Object.isFrozen(each)).toBe(true);
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    "%s fits a line with all that its parameters can hold",
    (method, { parameters }) => {
      const params = Object.fromEntries(parameters.map((each) => [each.name, longestValue(each)]));
      const line = sealLine(JSON.stringify({ jsonrpc: "2.0", id: "x".repeat(16), method, params }));
      expect(line.length).toBeLessThanOrEqual(requestLength);
    },
  );
});
