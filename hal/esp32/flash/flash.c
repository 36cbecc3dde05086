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

void xs_tally_flash_read(xsMachine *the) {
  void *target;
  xsUnsignedValue byteLength;
  const size_t address = (size_t)xsmcToInteger(xsArg(0));
  xsmcGetBufferWritable(xsArg(1), &target, &byteLength);
  xsmcSetBoolean(xsResult, esp_partition_read(partition(the), address, target, byteLength) == ESP_OK);
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
