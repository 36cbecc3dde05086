#ifndef TALLY_DOUBLE_ESP_PARTITION_H
#define TALLY_DOUBLE_ESP_PARTITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"

typedef enum { ESP_PARTITION_TYPE_APP = 0, ESP_PARTITION_TYPE_DATA = 1, ESP_PARTITION_TYPE_ANY = 0xff } esp_partition_type_t;
typedef enum { ESP_PARTITION_SUBTYPE_DATA_UNDEFINED = 6, ESP_PARTITION_SUBTYPE_ANY = 0xff } esp_partition_subtype_t;

typedef struct {
  esp_partition_type_t type;
  esp_partition_subtype_t subtype;
  uint32_t address;
  uint32_t size;
  uint32_t erase_size;
  char label[17];
  bool encrypted;
  bool readonly;
} esp_partition_t;

/* The same pointer each time, valid for good. A label of NULL fits all. */
const esp_partition_t *esp_partition_find_first(esp_partition_type_t type, esp_partition_subtype_t subtype,
                                                const char *label);
esp_err_t esp_partition_read(const esp_partition_t *partition, size_t address, void *target, size_t byteLength);
/* As the cells are, whether or not the partition is encrypted. */
esp_err_t esp_partition_read_raw(const esp_partition_t *partition, size_t address, void *target, size_t byteLength);
/* Of an encrypted partition whole blocks of 16 bytes only. */
esp_err_t esp_partition_write(const esp_partition_t *partition, size_t address, const void *source, size_t byteLength);
/* Whole sectors only. */
esp_err_t esp_partition_erase_range(const esp_partition_t *partition, size_t address, size_t byteLength);
esp_err_t esp_partition_get_sha256(const esp_partition_t *partition, uint8_t *hash);

#endif
