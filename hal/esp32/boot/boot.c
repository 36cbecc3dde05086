/* In this form because the SDK has ESP-IDF's folder of components in its include path, not this one. */
#include "app_update/include/esp_ota_ops.h"
#include "esp_partition.h"
#include "../event/event.h"
#include "../low-power/retained.h"
#include "xsHost.h"
#include "xsmc.h"

void xs_tally_boot_runningSlot(xsMachine *the) {
  xsmcSetString(xsResult, (char *)esp_ota_get_running_partition()->label);
}

/* The SHA-256 that the image ends with; none where that can't be read. */
void xs_tally_boot_imageHash(xsMachine *the) {
  static const char digits[] = "0123456789abcdef";
  uint8_t hash[32];
  char text[2 * sizeof hash + 1];
  const esp_err_t error = esp_partition_get_sha256(esp_ota_get_running_partition(), hash);
  eventRecall(the);
  if (error != ESP_OK) return;
  for (size_t index = 0; index < sizeof hash; index++) {
    text[2 * index] = digits[hash[index] >> 4];
    text[2 * index + 1] = digits[hash[index] & 15];
  }
  text[2 * sizeof hash] = 0;
  xsmcSetString(xsResult, text);
}

/* The bootloader turns a new image's state from NEW into PENDING_VERIFY as it starts it (esp_flash_partitions.h). */
void xs_tally_boot_isTrial(xsMachine *the) {
  esp_ota_img_states_t state;
  const esp_err_t error = esp_ota_get_state_partition(esp_ota_get_running_partition(), &state);
  eventRecall(the);
  xsmcSetBoolean(xsResult, error == ESP_OK && state == ESP_OTA_IMG_PENDING_VERIFY);
}

void xs_tally_boot_markValid(xsMachine *the) {
  xsmcSetBoolean(xsResult, esp_ota_mark_app_valid_cancel_rollback() == ESP_OK);
  eventRecall(the);
}

/* Returns only when there is nothing to go back to. */
void xs_tally_boot_rollBack(xsMachine *the) {
  retainedMemory()->isRestartWanted = 1;
  esp_ota_mark_app_invalid_rollback_and_reboot();
  eventRecall(the);
  retainedMemory()->isRestartWanted = 0;
}
