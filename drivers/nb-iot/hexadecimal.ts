const digits = "0123456789ABCDEF";
/** Joining text in blocks of this many characters makes far less garbage than joining two by two. */
const blockLength = 64;

/** Two upper-case digits for each byte. */
export function encodeHexadecimal(bytes: Uint8Array): string {
  let text = "";
  let block = "";
  for (const byte of bytes) {
    block += digits.charAt(byte >> 4) + digits.charAt(byte & 15);
    if (block.length < blockLength) continue;
    text += block;
    block = "";
  }
  return text + block;
}

/** The bytes of `text`; undefined when it has an odd length or anything but hexadecimal digits. */
export function decodeHexadecimal(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    const high = digitAt(text, 2 * index);
    const low = digitAt(text, 2 * index + 1);
    if (high < 0 || low < 0) return undefined;
    bytes[index] = high * 16 + low;
  }
  return bytes;
}

function digitAt(text: string, index: number): number {
  return digits.indexOf(text.charAt(index).toUpperCase());
}
