/** CRC-32 of each four-bit value, polynomial 0xEDB88320 (IEEE 802.3, reflected), as signed 32-bit integers. */
const nibbleTable: readonly number[] = Object.freeze([
  0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c, -0x12477ce0,
  -0x0ff06cbc, -0x29295c18, -0x349e4c74, -0x649b3d50, -0x792c2d2c, -0x5ff51d88, -0x42420de4,
]);

/**
 * CRC-32 (IEEE 802.3, as in zlib) of the first `byteLength` bytes, as an unsigned number.
 * Two table look-ups a byte: a table of 256 entries would cost 4 KB of slots on the chip.
 */
export function crc32(bytes: Uint8Array, byteLength: number): number {
  let crc = -1;
  for (let index = 0; index < byteLength; index++) {
    crc ^= bytes[index] as number;
    crc = (crc >>> 4) ^ (nibbleTable[crc & 15] as number);
    crc = (crc >>> 4) ^ (nibbleTable[crc & 15] as number);
  }
  return ~crc >>> 0;
}
