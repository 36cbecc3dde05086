import { FlashPartition } from "../hal/esp32/flash/flash.js";

const longest = 32;

/** The serial number on the board's identity page: printable ASCII up to the first other byte; empty when blank. */
export function readSerialNumber(): string {
  const page = new Uint8Array(longest);
  let serialNumber = "";
  if (!new FlashPartition({ partition: "identity" }).read(0, page)) return serialNumber;
  for (const code of page) {
    if (code <= 0x20 || code >= 0x7f) break;
    serialNumber += String.fromCharCode(code);
  }
  return serialNumber;
}
