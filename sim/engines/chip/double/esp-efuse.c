#include <string.h>

#include "device.h"
#include "refusals.h"
#include "efuse/include/esp_efuse.h"
#include "esp_mac.h"

#define MAC_BYTES 6
/* The one bit that the simulated board's chip has, of those that ESP-IDF leaves to the user. */
#define SEAL_BIT 56

static int isSeal(esp_efuse_block_t block, size_t firstBit, size_t bits) {
  return block == EFUSE_BLK3 && firstBit == SEAL_BIT && bits == 1;
}

esp_err_t esp_efuse_read_block(esp_efuse_block_t block, void *target, size_t firstBit, size_t bits) {
  if (isRefused(__func__)) return ESP_FAIL;
  if (target == NULL || !isSeal(block, firstBit, bits)) return ESP_ERR_INVALID_ARG;
  *(uint8_t *)target = deviceNumber(DEVICE_SEAL_READ, 0, 0) != 0 ? 1 : 0;
  return ESP_OK;
}

esp_err_t esp_efuse_write_block(esp_efuse_block_t block, const void *source, size_t firstBit, size_t bits) {
  if (source == NULL || !isSeal(block, firstBit, bits)) return ESP_ERR_INVALID_ARG;
  if ((*(const uint8_t *)source & 1) != 0) device(DEVICE_SEAL_BURN, 0, 0);
  return ESP_OK;
}

static uint8_t digit(uint8_t character) {
  return (uint8_t)(character <= '9' ? character - '0' : character - 'a' + 10);
}

esp_err_t esp_efuse_mac_get_default(uint8_t *address) {
  if (isRefused(__func__)) return ESP_FAIL;
  const struct reply reply = device(DEVICE_HARDWARE_ID, 0, 0);
  if (address == NULL || reply.kind != REPLY_BYTES || reply.byteLength != 2 * MAC_BYTES) return ESP_ERR_INVALID_ARG;
  for (int index = 0; index < MAC_BYTES; index++)
    address[index] = (uint8_t)(digit(reply.bytes[2 * index]) << 4 | digit(reply.bytes[2 * index + 1]));
  return ESP_OK;
}
