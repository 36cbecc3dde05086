#include "esp_partition.h"

#include <string.h>

#include "busy-flash.h"
#include "device.h"
#include "driver-uart.h"
#include "esp-partition.h"
#include "esp-rom.h"
#include "pads.h"
#include "refusals.h"
#include "wiring.h"

#define HASH_BYTES 32
#define ENCRYPTED_BLOCK_BYTES 16

/* The board's numbers, by the place in the table. */
static double numbers[MOST_PARTITIONS];
static int isOpened[MOST_PARTITIONS];
static uint32_t eraseMicroseconds;

static int indexOf(const esp_partition_t *partition) {
  int count;
  const esp_partition_t *table = wiringPartitions(&count);
  if (partition < table || partition >= table + count) fault("a partition that ESP-IDF has not given");
  return (int)(partition - table);
}

/* The page that the factory writes a serial number to is no partition of the simulated board. */
static int isIdentity(const esp_partition_t *partition) { return strcmp(partition->label, "identity") == 0; }

static double numberOf(const esp_partition_t *partition) {
  const int index = indexOf(partition);
  if (!isOpened[index]) {
    const struct reply reply = deviceText(DEVICE_FLASH_OPEN, 0, 0, partition->label);
    if (reply.kind != REPLY_NUMBER) fault("the board has no partition %s", partition->label);
    numbers[index] = reply.number;
    isOpened[index] = 1;
  }
  return numbers[index];
}

const esp_partition_t *esp_partition_find_first(esp_partition_type_t type, esp_partition_subtype_t subtype,
                                                const char *label) {
  int count;
  const esp_partition_t *table = wiringPartitions(&count);
  for (const esp_partition_t *partition = table; partition < table + count; partition++) {
    if (type != ESP_PARTITION_TYPE_ANY && partition->type != type) continue;
    if (subtype != ESP_PARTITION_SUBTYPE_ANY && partition->subtype != subtype) continue;
    if (label != NULL && strcmp(partition->label, label) != 0) continue;
    if (partition->type == ESP_PARTITION_TYPE_DATA && !isIdentity(partition)) deviceOpened(numberOf(partition));
    return partition;
  }
  return NULL;
}

static int isInside(const esp_partition_t *partition, size_t address, size_t byteLength) {
  return address <= partition->size && byteLength <= partition->size - address;
}

static void readIdentity(size_t address, uint8_t *target, size_t byteLength) {
  const struct reply reply = device(DEVICE_SERIAL_NUMBER, 0, 0);
  for (size_t index = 0; index < byteLength; index++)
    target[index] = address + index < reply.byteLength ? reply.bytes[address + index] : 0xff;
}

/* Flash encryption, as far as it shows: cells hold something else, by their address, and erased ones no 0xFF. */
static void encrypt(const esp_partition_t *partition, size_t address, uint8_t *bytes, size_t byteLength) {
  if (!partition->encrypted) return;
  for (size_t index = 0; index < byteLength; index++)
    bytes[index] ^= (uint8_t)(((partition->address + address + index) * 2654435761u >> 24) | 1);
}

static esp_err_t readCells(const esp_partition_t *partition, size_t address, void *target, size_t byteLength) {
  if (target == NULL) return ESP_ERR_INVALID_ARG;
  if (!isInside(partition, address, byteLength)) return ESP_ERR_INVALID_SIZE;
  if (isIdentity(partition)) {
    readIdentity(address, target, byteLength);
    return ESP_OK;
  }
  const struct call call = {.operation = DEVICE_FLASH_READ,
                            .a = numberOf(partition),
                            .b = (double)address,
                            .c = (double)byteLength};
  const struct reply reply = deviceCall(&call);
  if (reply.kind != REPLY_BYTES || reply.byteLength != byteLength) return ESP_FAIL;
  memcpy(target, reply.bytes, byteLength);
  return ESP_OK;
}

esp_err_t esp_partition_read_raw(const esp_partition_t *partition, size_t address, void *target, size_t byteLength) {
  return isRefused(__func__) ? ESP_FAIL : readCells(partition, address, target, byteLength);
}

esp_err_t esp_partition_read(const esp_partition_t *partition, size_t address, void *target, size_t byteLength) {
  if (isRefused(__func__)) return ESP_FAIL;
  const esp_err_t error = readCells(partition, address, target, byteLength);
  if (error == ESP_OK) encrypt(partition, address, target, byteLength);
  return error;
}

esp_err_t esp_partition_write(const esp_partition_t *partition, size_t address, const void *source,
                              size_t byteLength) {
  if (source == NULL) return ESP_ERR_INVALID_ARG;
  if (!isInside(partition, address, byteLength)) return ESP_ERR_INVALID_SIZE;
  if (partition->encrypted && (address % ENCRYPTED_BLOCK_BYTES != 0 || byteLength % ENCRYPTED_BLOCK_BYTES != 0))
    return ESP_ERR_INVALID_SIZE;
  static uint8_t cells[PORT_CONTENT_BYTES];
  if (byteLength > sizeof cells) return ESP_ERR_INVALID_SIZE;
  memcpy(cells, source, byteLength);
  encrypt(partition, address, cells, byteLength);
  const struct call call = {.operation = DEVICE_FLASH_PROGRAM,
                            .a = numberOf(partition),
                            .b = (double)address,
                            .bytes = cells,
                            .byteLength = byteLength};
  const struct reply reply = deviceCall(&call);
  return reply.kind == REPLY_NUMBER && reply.number == 1 ? ESP_OK : ESP_FAIL;
}

void partitionErasesTake(uint32_t microseconds) { eraseMicroseconds = microseconds; }

/* What was held off meanwhile is served. */
static void waitForErase(void) {
  if (eraseMicroseconds == 0) return;
  flashSetBusy(1);
  romWait(eraseMicroseconds);
  flashSetBusy(0);
  uartsServe();
  padsServe();
}

esp_err_t esp_partition_erase_range(const esp_partition_t *partition, size_t address, size_t byteLength) {
  if (!isInside(partition, address, byteLength)) return ESP_ERR_INVALID_SIZE;
  if (address % partition->erase_size != 0 || byteLength % partition->erase_size != 0) return ESP_ERR_INVALID_ARG;
  for (size_t at = address; at < address + byteLength; at += partition->erase_size) {
    waitForErase();
    if (deviceNumber(DEVICE_FLASH_ERASE, numberOf(partition), (double)at) != 1) return ESP_FAIL;
  }
  return ESP_OK;
}

static uint8_t digit(uint8_t character) {
  return (uint8_t)(character <= '9' ? character - '0' : character - 'a' + 10);
}

esp_err_t esp_partition_get_sha256(const esp_partition_t *partition, uint8_t *hash) {
  if (isRefused(__func__)) return ESP_FAIL;
  if (partition == NULL || hash == NULL || partition->type != ESP_PARTITION_TYPE_APP) return ESP_ERR_INVALID_ARG;
  const struct reply reply = device(DEVICE_BOOT_IMAGE_HASH, 0, 0);
  if (reply.kind != REPLY_BYTES || reply.byteLength != 2 * HASH_BYTES) return ESP_FAIL;
  for (size_t index = 0; index < HASH_BYTES; index++)
    hash[index] = (uint8_t)(digit(reply.bytes[2 * index]) << 4 | digit(reply.bytes[2 * index + 1]));
  return ESP_OK;
}
