/* In this form because the SDK has ESP-IDF's folder of components in its include path, not this one. */
#include "efuse/include/esp_efuse.h"
#include "esp_mac.h"
#include "xsHost.h"
#include "xsmc.h"

/*
 * One bit of block 3, which ESP-IDF leaves to the user: bytes 7 to 11 of it are reserved for custom data on the ESP32
 * too, beside a custom MAC address (esp_efuse_table.csv of each chip). Its coding lets the block be written but once: a
 * meter that is sealed can have nothing else of its own in there.
 */
#define SEAL_BIT 56
#define MAC_BYTES 6

static xsBooleanValue isSealed(void) {
  uint8_t bit = 0;
  /* A fuse that cannot be read counts as burnt: a meter fails closed. */
  if (esp_efuse_read_block(EFUSE_BLK3, &bit, SEAL_BIT, 1) != ESP_OK) return 1;
  return bit & 1;
}

void xs_tally_fuses_isSealed(xsMachine *the) { xsmcSetBoolean(xsResult, isSealed()); }

void xs_tally_fuses_burnSeal(xsMachine *the) {
  const uint8_t bit = 1;
  if (!isSealed()) esp_efuse_write_block(EFUSE_BLK3, &bit, SEAL_BIT, 1);
  xsmcSetBoolean(xsResult, isSealed());
}

/* The factory's base MAC address; none where that can't be read. */
void xs_tally_fuses_hardwareId(xsMachine *the) {
  static const char digits[] = "0123456789abcdef";
  uint8_t address[MAC_BYTES];
  char text[2 * MAC_BYTES + 1];
  if (esp_efuse_mac_get_default(address) != ESP_OK) return;
  for (int index = 0; index < MAC_BYTES; index++) {
    text[2 * index] = digits[address[index] >> 4];
    text[2 * index + 1] = digits[address[index] & 15];
  }
  text[2 * MAC_BYTES] = 0;
  xsmcSetString(xsResult, text);
}
