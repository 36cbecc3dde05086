#include "nvs_flash.h"

#include "refusals.h"
#include "wiring.h"

#define SUBTYPE_NVS 2

esp_err_t nvs_flash_init(void) {
  int count;
  const esp_partition_t *table = wiringPartitions(&count);
  if (isRefused(__func__)) return ESP_ERR_NVS_NO_FREE_PAGES;
  for (const esp_partition_t *partition = table; partition < table + count; partition++)
    if (partition->type == ESP_PARTITION_TYPE_DATA && (int)partition->subtype == SUBTYPE_NVS) return ESP_OK;
  return ESP_ERR_NOT_FOUND;
}
