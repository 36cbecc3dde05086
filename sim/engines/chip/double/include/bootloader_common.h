#ifndef TALLY_DOUBLE_BOOTLOADER_COMMON_H
#define TALLY_DOUBLE_BOOTLOADER_COMMON_H

#include <stdint.h>

#include "sdkconfig.h"

/* What the bootloader keeps in RTC FAST memory for itself, then what it reserves for the application. */
typedef struct {
  uint32_t bootloader[4];
  uint8_t custom[CONFIG_BOOTLOADER_CUSTOM_RESERVE_RTC_SIZE] __attribute__((aligned(4)));
} rtc_retain_mem_t;

rtc_retain_mem_t *bootloader_common_get_rtc_retain_mem(void);

#endif
