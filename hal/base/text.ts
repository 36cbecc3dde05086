import { putText } from "./bytes.js";

/** @throws {RangeError} when `text` is not ASCII. */
export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  putText(bytes, 0, text);
  return bytes;
}

/** One character per byte, so that bytes beyond ASCII never turn into a text that we know. */
export function asciiText(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index++) text += String.fromCharCode(bytes[index] as number);
  return text;
}
