#include "byte-operations.h"

/* Of each four-bit value, polynomial 0xEDB88320: 64 bytes of table in place of 1 KB, for records are short. */
static const uint32_t nibbles[16] = {
    0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
    0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
};

uint32_t bytesCrc32(const uint8_t *bytes, size_t byteLength) {
  uint32_t crc = 0xffffffffu;
  for (size_t index = 0; index < byteLength; index++) {
    crc ^= bytes[index];
    crc = (crc >> 4) ^ nibbles[crc & 15u];
    crc = (crc >> 4) ^ nibbles[crc & 15u];
  }
  return ~crc;
}

bool bytesAreBlank(const uint8_t *bytes, size_t byteLength) {
  for (size_t index = 0; index < byteLength; index++)
    if (bytes[index] != 0xff) return false;
  return true;
}

uint64_t bytesReadUnsigned(const uint8_t *bytes, size_t byteLength) {
  uint64_t value = 0;
  for (size_t index = byteLength; index > 0; index--) value = value << 8 | bytes[index - 1];
  return value;
}

void bytesWriteUnsigned(uint8_t *bytes, size_t byteLength, uint64_t value) {
  for (size_t index = 0; index < byteLength; index++, value >>= 8) bytes[index] = (uint8_t)(value & 0xff);
}
