#include <string.h>

#include "../event/event.h"
#include "esp_partition.h"
#include "xsHost.h"
#include "xsmc.h"

/* With flash encryption the chip writes blocks of 16 bytes (esp_partition_write in esp_partition.h). */
#define ENCRYPTED_BLOCK_BYTES 16
/* Of its cells that are looked at together: each look at flash stops the other interrupts. */
#define LOOK_BYTES 256

/* ESP-IDF keeps the partition for good. */
void xs_tally_flash_destructor(void *data) { (void)data; }

static const esp_partition_t *partition(xsMachine *the) {
  return xsmcGetHostDataValidate(xsThis, xs_tally_flash_destructor);
}

void xs_tally_flash_open(xsMachine *the) {
  const esp_partition_t *found =
      esp_partition_find_first(ESP_PARTITION_TYPE_DATA, ESP_PARTITION_SUBTYPE_ANY, xsmcToString(xsArg(0)));
  xsmcSetHostData(xsThis, (void *)found);
}

void xs_tally_flash_isOpen(xsMachine *the) { xsmcSetBoolean(xsResult, partition(the) != NULL); }

void xs_tally_flash_byteLength(xsMachine *the) { xsmcSetInteger(xsResult, (int)partition(the)->size); }

void xs_tally_flash_sectorByteLength(xsMachine *the) { xsmcSetInteger(xsResult, (int)partition(the)->erase_size); }

void xs_tally_flash_programByteLength(xsMachine *the) {
  xsmcSetInteger(xsResult, partition(the)->encrypted ? ENCRYPTED_BLOCK_BYTES : 1);
}

/* The part of the block at `block` that lies within the target becomes 0xFF. */
static void blank(size_t block, size_t address, uint8_t *target, size_t byteLength) {
  const size_t first = block < address ? address : block;
  const size_t end = block + ENCRYPTED_BLOCK_BYTES;
  const size_t last = end < address + byteLength ? end : address + byteLength;
  memset(target + (first - address), 0xff, last - first);
}

/*
 * Decrypted, erased flash reads as noise, but the HAL promises 0xFF: blocks whose cells are erased become that. A block
 * that was written looks erased once in 2^128.
 */
static bool showErased(const esp_partition_t *from, size_t address, uint8_t *target, size_t byteLength) {
  uint8_t erased[ENCRYPTED_BLOCK_BYTES], cells[LOOK_BYTES];
  const size_t past = address + byteLength + ENCRYPTED_BLOCK_BYTES - 1;
  const size_t end = past - past % ENCRYPTED_BLOCK_BYTES;
  memset(erased, 0xff, sizeof erased);
  for (size_t look = address - address % ENCRYPTED_BLOCK_BYTES; look < end; look += sizeof cells) {
    const size_t bytes = end - look < sizeof cells ? end - look : sizeof cells;
    if (esp_partition_read_raw(from, look, cells, bytes) != ESP_OK) return false;
    for (size_t at = 0; at < bytes; at += ENCRYPTED_BLOCK_BYTES)
      if (memcmp(cells + at, erased, sizeof erased) == 0) blank(look + at, address, target, byteLength);
  }
  return true;
}

void xs_tally_flash_read(xsMachine *the) {
  void *target;
  xsUnsignedValue byteLength;
  const esp_partition_t *from = partition(the);
  const size_t address = (size_t)xsmcToInteger(xsArg(0));
  xsmcGetBufferWritable(xsArg(1), &target, &byteLength);
  const bool isRead = esp_partition_read(from, address, target, byteLength) == ESP_OK;
  xsmcSetBoolean(xsResult, isRead && (!from->encrypted || showErased(from, address, target, byteLength)));
  eventRecall(the);
}

void xs_tally_flash_program(xsMachine *the) {
  void *bytes;
  xsUnsignedValue byteLength;
  const size_t address = (size_t)xsmcToInteger(xsArg(0));
  xsmcGetBufferReadable(xsArg(1), &bytes, &byteLength);
  xsmcSetBoolean(xsResult, esp_partition_write(partition(the), address, bytes, byteLength) == ESP_OK);
  eventRecall(the);
}

void xs_tally_flash_erase(xsMachine *the) {
  const esp_partition_t *erased = partition(the);
  const size_t address = (size_t)xsmcToInteger(xsArg(0));
  xsmcSetBoolean(xsResult, esp_partition_erase_range(erased, address, erased->erase_size) == ESP_OK);
  eventRecall(the);
}
