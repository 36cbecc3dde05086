/*
 * Plain comparisons in place of regular expressions: on the chip each of those is compiled anew whenever it is met, and
 * takes its scratch memory from the engine's stack.
 */

export const decimalDigits = "0123456789";

/** True when every character of `text` is one of `characters`; also for an empty text. */
export function consistsOf(text: string, characters: string): boolean {
  for (let index = 0; index < text.length; index++)
    if (!characters.includes(text.charAt(index))) return false;
  return true;
}

/** True when `text` looks like `form`, in which 0 stands for any digit, ± for a sign, and all else for itself. */
export function hasForm(text: string, form: string): boolean {
  if (text.length !== form.length) return false;
  for (let index = 0; index < form.length; index++) {
    const wanted = form.charAt(index);
    const character = text.charAt(index);
    if (
      wanted === "0"
        ? !decimalDigits.includes(character)
        : wanted === "±"
          ? !"+-".includes(character)
          : wanted !== character
    )
      return false;
  }
  return true;
}
