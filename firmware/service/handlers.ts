import type { CommandName, ParametersOf, ResultOf } from "./protocol.js";
import type { Refusal } from "./refusal.js";

/** Sends a notification while a command is under way. */
export type Tell = (method: "mark", params: { readonly ticks: number }) => void;

export type Handler<Name extends CommandName> = (
  parameters: ParametersOf<Name>,
  tell: Tell,
) => ResultOf<Name> | Refusal | Promise<ResultOf<Name> | Refusal>;

/** What some commands do, by their names. Parameters have been checked when a handler is called. */
export type Handlers<Names extends CommandName = CommandName> = {
  readonly [Name in Names]: Handler<Name>;
};
