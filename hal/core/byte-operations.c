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

int32_t bytesLineEnd(const uint8_t *bytes, size_t byteLength, size_t offset) {
  for (size_t index = offset; index < byteLength; index++)
    if (bytes[index] == '\r' || bytes[index] == '\n') return (int32_t)index;
  return -1;
}

uint64_t bytesReadUnsigned(const uint8_t *bytes, size_t byteLength) {
  uint64_t value = 0;
  for (size_t index = byteLength; index > 0; index--) value = value << 8 | bytes[index - 1];
  return value;
}

void bytesWriteUnsigned(uint8_t *bytes, size_t byteLength, uint64_t value) {
  for (size_t index = 0; index < byteLength; index++, value >>= 8) bytes[index] = (uint8_t)(value & 0xff);
}

size_t bytesPrintable(const uint8_t *bytes, size_t byteLength, char *text) {
  size_t count = 0;
  for (size_t index = 0; index < byteLength; index++) {
    if (bytes[index] < 0x20 || bytes[index] > 0x7e) continue;
    if (text) text[count] = (char)bytes[index];
    count++;
  }
  return count;
}

bool bytesPutText(uint8_t *bytes, size_t byteLength, const char *text) {
  const uint8_t *from = (const uint8_t *)text;
  for (size_t index = 0; *from; index++) {
    const bool isZero = from[0] == 0xc0 && from[1] == 0x80;
    if (index == byteLength || (*from > 0x7f && !isZero)) return false;
    bytes[index] = isZero ? 0 : *from;
    from += isZero ? 2 : 1;
  }
  return true;
}

void bytesEncodeHexadecimal(const uint8_t *bytes, size_t byteLength, char *digits) {
  static const char names[] = "0123456789ABCDEF";
  for (size_t index = 0; index < byteLength; index++) {
    digits[2 * index] = names[bytes[index] >> 4];
    digits[2 * index + 1] = names[bytes[index] & 15];
  }
}

/* 16 for what is no digit. */
static unsigned digitValue(char digit) {
  if (digit >= '0' && digit <= '9') return (unsigned)(digit - '0');
  if (digit >= 'A' && digit <= 'F') return (unsigned)(digit - 'A') + 10;
  if (digit >= 'a' && digit <= 'f') return (unsigned)(digit - 'a') + 10;
  return 16;
}

bool bytesDecodeHexadecimal(uint8_t *bytes, size_t byteLength, const char *digits) {
  for (size_t index = 0; index < byteLength; index++) {
    const unsigned high = digitValue(digits[2 * index]);
    const unsigned low = digitValue(digits[2 * index + 1]);
    if (high > 15 || low > 15) return false;
    bytes[index] = (uint8_t)(high << 4 | low);
  }
  return true;
}
