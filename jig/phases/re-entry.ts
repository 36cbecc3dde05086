import { createHmac } from "node:crypto";
import { commands, type Level } from "../../firmware/contracts/service-commands.js";
import type { Parameter, ValuesOf } from "../../firmware/contracts/service-parameters.js";
import { authenticationLabel, ErrorCode } from "../../firmware/contracts/service-protocol.js";
import { StationFault } from "../attempt/faults.js";
import type { IssuedKeys } from "../attempt/attempt-store.js";
import type { MeterClient } from "../meter/meter-client.js";
import { MeterRefusal } from "../meter/meter-errors.js";
import { hardwareIdOf } from "./claim.js";
import { definePhase } from "./phase.js";

/** Tries every command that is closed to whoever has no key, and that the unit's own service key opens its part. */
export const reEntry = definePhase({
  name: "re-entry",
  measurements: {
    productionCommandsOpen: { type: "text" },
    authenticatedCommandsOpen: { type: "text" },
    serviceKeyWorks: { type: "flag" },
  },
  settings: {},
  isForGoodUnitsOnly: true,
  async run({ meter, measure, unit, memory }) {
    measure("productionCommandsOpen", (await openCommands(meter, "production", ErrorCode.locked)).join(" "));
    const open = await openCommands(meter, "authenticated", ErrorCode.notAuthenticated);
    measure("authenticatedCommandsOpen", open.join(" "));
    if (!memory.issued)
      throw new StationFault("no keys were written; the recipe needs a provision phase before this one");
    measure("serviceKeyWorks", await authenticates(meter, hardwareIdOf(unit), memory.issued));
    return "continue";
  },
});

/** Names of the level's commands that were not refused as they have to be. */
async function openCommands(meter: MeterClient, level: Level, refusal: ErrorCode): Promise<string[]> {
  const open: string[] = [];
  for (const { name, parameters } of commands.filter((command) => command.level === level)) {
    const isRefused = await meter.request(name, samplesOf(parameters)).then(
      () => false,
      (error: unknown) => {
        if (error instanceof MeterRefusal) return error.error.code === refusal;
        throw error;
      },
    );
    if (!isRefused) open.push(name);
  }
  return open;
}

/** Values that the parameters take, so that it is the lock that refuses and nothing else. */
function samplesOf<List extends readonly Parameter[]>(parameters: List): ValuesOf<List> {
  return Object.fromEntries(parameters.map((each) => [each.name, sampleOf(each)])) as ValuesOf<List>;
}

function sampleOf(parameter: Parameter): number | string {
  switch (parameter.type) {
    case "integer":
      return parameter.lowest;
    case "text":
      return "0";
    case "hexadecimal":
      return "00".repeat(parameter.byteLength);
    case "choice":
      return parameter.choices[0] ?? "";
  }
}

async function authenticates(meter: MeterClient, hardwareId: string, { keys }: IssuedKeys): Promise<boolean> {
  const { result } = await meter.request("challenge", {});
  const response = createHmac("sha256", keys.service)
    .update(authenticationLabel + hardwareId, "ascii")
    .update(result.challenge, "hex")
    .digest("hex");
  return meter.request("authenticate", { response }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof MeterRefusal && error.error.code === ErrorCode.authenticationFailed) return false;
      throw error;
    },
  );
}
