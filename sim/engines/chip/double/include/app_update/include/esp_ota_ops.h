#ifndef TALLY_DOUBLE_ESP_OTA_OPS_H
#define TALLY_DOUBLE_ESP_OTA_OPS_H

#include "esp_err.h"
#include "esp_partition.h"

typedef enum {
  ESP_OTA_IMG_NEW,
  ESP_OTA_IMG_PENDING_VERIFY,
  ESP_OTA_IMG_VALID,
  ESP_OTA_IMG_INVALID,
  ESP_OTA_IMG_ABORTED,
  ESP_OTA_IMG_UNDEFINED,
} esp_ota_img_states_t;

const esp_partition_t *esp_ota_get_running_partition(void);
esp_err_t esp_ota_get_state_partition(const esp_partition_t *partition, esp_ota_img_states_t *state);
esp_err_t esp_ota_mark_app_valid_cancel_rollback(void);
/* Returns, with an error, only when there is no other image. */
esp_err_t esp_ota_mark_app_invalid_rollback_and_reboot(void);

#endif
