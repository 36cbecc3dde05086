#include "app_update/include/esp_ota_ops.h"

#include <string.h>

#include "cpu.h"
#include "device.h"
#include "esp-ota-ops.h"
#include "refusals.h"

/* What the bootloader has written of the running image; by itself as the board has it. */
static esp_ota_img_states_t imageState = ESP_OTA_IMG_VALID;

void otaImageIs(uint32_t state) { imageState = (esp_ota_img_states_t)state; }

const esp_partition_t *esp_ota_get_running_partition(void) {
  char label[17] = "";
  const struct reply reply = device(DEVICE_BOOT_SLOT, 0, 0);
  if (reply.kind != REPLY_BYTES || reply.byteLength >= sizeof label) fault("the board runs from no slot");
  memcpy(label, reply.bytes, reply.byteLength);
  const esp_partition_t *slot =
      esp_partition_find_first(ESP_PARTITION_TYPE_APP, ESP_PARTITION_SUBTYPE_ANY, label);
  if (slot == NULL) fault("the partition table has no slot %s", label);
  return slot;
}

esp_err_t esp_ota_get_state_partition(const esp_partition_t *partition, esp_ota_img_states_t *state) {
  if (isRefused(__func__)) return ESP_FAIL;
  if (partition == NULL || state == NULL) return ESP_ERR_INVALID_ARG;
  *state = deviceNumber(DEVICE_BOOT_IS_TRIAL, 0, 0) != 0 ? ESP_OTA_IMG_PENDING_VERIFY : imageState;
  return ESP_OK;
}

esp_err_t esp_ota_mark_app_valid_cancel_rollback(void) {
  if (isRefused(__func__)) return ESP_FAIL;
  imageState = ESP_OTA_IMG_VALID;
  device(DEVICE_BOOT_MARK_VALID, 0, 0);
  return ESP_OK;
}

/* The board goes back by restarting. */
esp_err_t esp_ota_mark_app_invalid_rollback_and_reboot(void) {
  if (isRefused(__func__)) return ESP_FAIL;
  device(DEVICE_BOOT_ROLL_BACK, 0, 0);
  cpuAbandon();
}
