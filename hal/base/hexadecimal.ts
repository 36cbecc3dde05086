import { putHexadecimal } from "./bytes.js";

/** The bytes of `text`; undefined when it has an odd length or anything but hexadecimal digits. */
export function decodeHexadecimal(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  return putHexadecimal(bytes, text) ? bytes : undefined;
}
