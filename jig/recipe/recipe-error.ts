/** A recipe can't be used. The message is one line and names the file's line and the place in it. */
export class RecipeError extends Error {
  override readonly name = "RecipeError";
}
