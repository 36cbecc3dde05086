import type { ModemCommand } from "./command.js";
import { generalCommands } from "./general-commands.js";
import { networkCommands } from "./network-commands.js";
import { socketCommands } from "./socket-commands.js";

/** Every command the modem knows, by its name in capitals. */
export const commandTable: ReadonlyMap<string, ModemCommand> = new Map([
  ...generalCommands,
  ...networkCommands,
  ...socketCommands,
]);
