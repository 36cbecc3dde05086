/*
 * What every record in flash goes through, for targets whose JavaScript is slow. `hal/bytes.ts` is the reference, and
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

/* Little-endian, up to 8 bytes. */
uint64_t bytesReadUnsigned(const uint8_t *bytes, size_t byteLength);
void bytesWriteUnsigned(uint8_t *bytes, size_t byteLength, uint64_t value);

#endif
