/** The command can't be carried out as it was given. The message is one line and says what is allowed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
