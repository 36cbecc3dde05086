#include <string.h>

#include "esp_partition.h"
#include "xsHost.h"
#include "xsmc.h"

/* With flash encryption the chip writes blocks of 16 bytes (esp_partition_write in esp_partition.h). */
#define ENCRYPTED_BLOCK_BYTES 16

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

/*
 * Decrypted, erased flash reads as noise, but the HAL promises 0xFF: blocks whose cells are erased become that. A block
 * that was written looks erased once in 2^128.
 */
static bool show_erased(const esp_partition_t *from, size_t address, uint8_t *target, size_t byteLength) {
  const size_t end = address + byteLength;
  uint8_t erased[ENCRYPTED_BLOCK_BYTES], cells[ENCRYPTED_BLOCK_BYTES];
  memset(erased, 0xff, sizeof erased);
  for (size_t block = address - address % ENCRYPTED_BLOCK_BYTES; block < end; block += ENCRYPTED_BLOCK_BYTES) {
    if (esp_partition_read_raw(from, block, cells, sizeof cells) != ESP_OK) return false;
    if (memcmp(cells, erased, sizeof cells) != 0) continue;
    const size_t first = block < address ? address : block;
    const size_t last = block + ENCRYPTED_BLOCK_BYTES < end ? block + ENCRYPTED_BLOCK_BYTES : end;
    memset(target + (first - address), 0xff, last - first);
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
  xsmcSetBoolean(xsResult, isRead && (!from->encrypted || show_erased(from, address, target, byteLength)));
}

void xs_tally_flash_program(xsMachine *the) {
  void *bytes;
  xsUnsignedValue byteLength;
  const size_t address = (size_t)xsmcToInteger(xsArg(0));
  xsmcGetBufferReadable(xsArg(1), &bytes, &byteLength);
  xsmcSetBoolean(xsResult, esp_partition_write(partition(the), address, bytes, byteLength) == ESP_OK);
}

void xs_tally_flash_erase(xsMachine *the) {
  const esp_partition_t *erased = partition(the);
  const size_t address = (size_t)xsmcToInteger(xsArg(0));
  xsmcSetBoolean(xsResult, esp_partition_erase_range(erased, address, erased->erase_size) == ESP_OK);
}
