import type { Access } from "../access.js";
import type { MeterAccess } from "../meter-access.js";
import type { CommandName, ParametersOf, ResultOf } from "../../contracts/service-commands.js";
import type { Notifications } from "../../contracts/service-protocol.js";
import type { Refusal } from "../refusal.js";

/** What a command works on, and may do beside giving its result. */
export interface CommandScope {
  readonly meter: MeterAccess;
  readonly access: Access;
  /** Sends a notification while the command is under way. */
  tell(method: "mark", params: Notifications["mark"]): void;
  /** Once the command is answered, the meter sleeps until then. */
  sleepUntil(ticks: number): void;
}

export type Handler<Name extends CommandName> = (
  scope: CommandScope,
  parameters: ParametersOf<Name>,
) => ResultOf<Name> | Refusal | Promise<ResultOf<Name> | Refusal>;

/**
 * What some commands do, by their names. Parameters have been checked when a handler is called. Handlers are constants of
 * their modules, which cost a chip no RAM.
 */
export type Handlers<Names extends CommandName = CommandName> = {
  readonly [Name in Names]: Handler<Name>;
};
