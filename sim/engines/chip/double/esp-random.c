#include "esp-random.h"

#include <string.h>

#include "bootloader_random.h"
#include "device.h"
#include "esp_random.h"
#include "resets.h"
#include "sdkconfig.h"

static int isFed;
static int hasStoppedAdc;

void randomReset(void) { isFed = 0; }

void bootloader_random_enable(void) { isFed = 1; }

void bootloader_random_disable(void) {
  isFed = 0;
#if CONFIG_IDF_TARGET_ESP32C3
  /* Without asking who else needs it: components/bootloader_support/src/bootloader_random_esp32c3.c. */
  hasStoppedAdc = 1;
#endif
}

int isRandomFed(void) { return isFed; }

int isAdcStopped(void) { return hasStoppedAdc; }

void adcStarts(void) { hasStoppedAdc = 0; }

void esp_fill_random(void *target, size_t byteLength) {
  if (!isFed) fault("random numbers are taken from a generator without noise");
  const struct reply reply = device(DEVICE_RANDOM, (double)byteLength, 0);
  if (reply.kind != REPLY_BYTES || reply.byteLength != byteLength) fault("the board has no random numbers");
  memcpy(target, reply.bytes, byteLength);
}
