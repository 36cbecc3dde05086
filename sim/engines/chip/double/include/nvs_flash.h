#ifndef TALLY_DOUBLE_NVS_FLASH_H
#define TALLY_DOUBLE_NVS_FLASH_H

#include "esp_err.h"

#define ESP_ERR_NVS_NO_FREE_PAGES 0x110d

/* Fails where the partition of that type is missing, or what it holds can't be used. */
esp_err_t nvs_flash_init(void);

#endif
