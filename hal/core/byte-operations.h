/*
 * What every record in flash goes through, for targets whose JavaScript is slow. `hal/base/bytes.ts` is the reference, and
 * says what each function promises.
 */
#ifndef TALLY_BYTE_OPERATIONS_H
#define TALLY_BYTE_OPERATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* CRC-32 as IEEE 802.3 and zlib have it. */
uint32_t bytesCrc32(const uint8_t *bytes, size_t byteLength);

/* True when every byte is 0xFF. */
bool bytesAreBlank(const uint8_t *bytes, size_t byteLength);

/* Where the first carriage return or line feed from `offset` on stands; -1 when there is none. */
int32_t bytesLineEnd(const uint8_t *bytes, size_t byteLength, size_t offset);

/* Little-endian, up to 8 bytes. */
uint64_t bytesReadUnsigned(const uint8_t *bytes, size_t byteLength);
void bytesWriteUnsigned(uint8_t *bytes, size_t byteLength, uint64_t value);

/* How many bytes are printable ASCII; where `text` is not NULL they are written there. */
size_t bytesPrintable(const uint8_t *bytes, size_t byteLength, char *text);

/*
 * Puts ASCII into `bytes`, from a text in the engine's UTF-8, where a zero is the two bytes C0 80. False when the text
 * is not ASCII or too long.
 */
bool bytesPutText(uint8_t *bytes, size_t byteLength, const char *text);

/* Writes two upper-case digits for each byte. */
void bytesEncodeHexadecimal(const uint8_t *bytes, size_t byteLength, char *digits);

/* Reads two digits for each byte; false when one is none. */
bool bytesDecodeHexadecimal(uint8_t *bytes, size_t byteLength, const char *digits);

#endif
