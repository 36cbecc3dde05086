/** CRC-16/X-25 of each four-bit value, polynomial 0x8408 (0x1021 reflected). */
const nibbleTable: readonly number[] = Object.freeze([
  0x0000, 0x1081, 0x2102, 0x3183, 0x4204, 0x5285, 0x6306, 0x7387, 0x8408, 0x9489, 0xa50a, 0xb58b, 0xc60c,
  0xd68d, 0xe70e, 0xf78f,
]);

/**
 * CRC-16/X-25 of the first `byteLength` bytes, the frame check of HDLC (ISO/IEC 13239) and so of IEC 62056-46:
 * begins with 0xFFFF, reflected, inverted at the end. It finds every burst of up to 16 bits.
 */
export function crc16(bytes: Uint8Array, byteLength: number): number {
  let crc = 0xffff;
  for (let index = 0; index < byteLength; index++) {
    crc ^= bytes[index] as number;
    crc = (crc >>> 4) ^ (nibbleTable[crc & 15] as number);
    crc = (crc >>> 4) ^ (nibbleTable[crc & 15] as number);
  }
  return ~crc & 0xffff;
}
