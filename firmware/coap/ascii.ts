/** @throws {RangeError} when `text` is not ASCII. */
export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < bytes.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) throw new RangeError("text is not ASCII");
    bytes[index] = code;
  }
  return bytes;
}

/** One character per byte, so that bytes beyond ASCII never turn into a text that we know. */
export function asciiText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
