import { ChipFlashPartition } from "../hal/esp32/flash/flash.js";

const longest = 32;

/**
 * The serial number on the board's identity page: printable ASCII up to the first other byte. Empty when the page is
 * blank, can't be read or is not in the partition table: none of that may keep a meter from counting.
 */
export function readSerialNumber(): string {
  let serialNumber = "";
  const page = readPage();
  for (let index = 0; index < page.length; index++) {
    const code = page[index] as number;
    if (code <= 0x20 || code >= 0x7f) break;
    serialNumber += String.fromCharCode(code);
  }
  return serialNumber;
}

function readPage(): Uint8Array {
  const page = new Uint8Array(longest);
  try {
    if (new ChipFlashPartition({ partition: "identity" }).read(0, page)) return page;
  } catch {
    // As good as blank.
  }
  return new Uint8Array(0);
}
