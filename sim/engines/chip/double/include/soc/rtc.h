#ifndef TALLY_DOUBLE_SOC_RTC_H
#define TALLY_DOUBLE_SOC_RTC_H

#include <stdint.h>

/* Cycles of the slow clock since power came. */
uint64_t rtc_time_get(void);
uint64_t rtc_time_us_to_slowclk(uint64_t microseconds, uint32_t calibration);

#endif
