#ifndef TALLY_DOUBLE_ESP_RTC_TIME_H
#define TALLY_DOUBLE_ESP_RTC_TIME_H

#include <stdint.h>

/* The low-power domain's counter, from when power came. */
uint64_t esp_rtc_get_time_us(void);

#endif
