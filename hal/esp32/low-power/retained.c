#include "retained.h"

#include <string.h>

#include "bootloader_common.h"
#include "esp_attr.h"
#include "esp_bit_defs.h"
#include "esp_private/startup_internal.h"
#include "esp_system.h"
#include "pulse-engine.h"
#include "sdkconfig.h"

#if !CONFIG_BOOTLOADER_CUSTOM_RESERVE_RTC
#error "sdkconfig: CONFIG_BOOTLOADER_CUSTOM_RESERVE_RTC=y and CONFIG_BOOTLOADER_CUSTOM_RESERVE_RTC_SIZE=0x600 are needed"
#endif
#if CONFIG_BOOTLOADER_CUSTOM_RESERVE_RTC_IN_CRC
#error "sdkconfig: CONFIG_BOOTLOADER_CUSTOM_RESERVE_RTC_IN_CRC=n is needed, or the bootloader clears what we keep"
#endif
#if CONFIG_IDF_TARGET_ESP32 && !CONFIG_FREERTOS_UNICORE
#error "sdkconfig: CONFIG_FREERTOS_UNICORE=y is needed, for the second core cannot reach RTC FAST memory"
#endif

_Static_assert(sizeof(struct retained) <= CONFIG_BOOTLOADER_CUSTOM_RESERVE_RTC_SIZE, "the bootloader reserves too little");

static int isFresh;

struct retained *retainedMemory(void) {
  return (void *)bootloader_common_get_rtc_retain_mem()->custom;
}

int retainedIsFresh(void) { return isFresh; }

void retainedForget(void) {
  struct retained *retained = retainedMemory();
  isFresh = 1;
  memset(retained, 0, sizeof *retained);
  retained->lines = (struct pulseLines){.contactA = -1, .contactB = -1, .cableLoop = -1};
  retained->layout = RETAINED_LAYOUT;
}

/*
 * Counting goes on long before the XS machine is up: right after esp_timer is there (SECONDARY 100 in
 * components/esp_system/system_init_fn.txt).
 */
ESP_SYSTEM_INIT_FN(resumeCounting, SECONDARY, BIT(0), 300) {
  /* After power came the memory may by chance look right. */
  if (esp_reset_reason() == ESP_RST_POWERON || !isMarkedBy(retainedMemory()->layout, RETAINED_LAYOUT)) retainedForget();
  else retainedMemory()->layout = RETAINED_LAYOUT;
  pulseEngineResume();
  return ESP_OK;
}
