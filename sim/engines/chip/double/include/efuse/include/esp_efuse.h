#ifndef TALLY_DOUBLE_ESP_EFUSE_H
#define TALLY_DOUBLE_ESP_EFUSE_H

#include <stddef.h>

#include "esp_err.h"

typedef enum { EFUSE_BLK0, EFUSE_BLK1, EFUSE_BLK2, EFUSE_BLK3 } esp_efuse_block_t;

esp_err_t esp_efuse_read_block(esp_efuse_block_t block, void *target, size_t firstBit, size_t bits);
/* Burns the bits that are 1. */
esp_err_t esp_efuse_write_block(esp_efuse_block_t block, const void *source, size_t firstBit, size_t bits);

#endif
