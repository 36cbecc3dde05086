#ifndef TALLY_DOUBLE_SOC_RTC_H
#define TALLY_DOUBLE_SOC_RTC_H

#include <stdint.h>

/* Bits behind the point of a calibration: microseconds of a cycle of the slow clock. */
#define RTC_CLK_CAL_FRACT 19

typedef enum { CLK_CAL_RTC_SLOW = -1 } soc_clk_freq_calculation_src_t;

/* Cycles of the slow clock since power came. */
uint64_t rtc_time_get(void);
uint64_t rtc_time_us_to_slowclk(uint64_t microseconds, uint32_t calibration);
uint64_t rtc_time_slowclk_to_us(uint64_t cycles, uint32_t calibration);
/* Measures so many cycles by the main crystal, which takes as long as they do; returns a calibration. */
uint32_t rtc_clk_cal(soc_clk_freq_calculation_src_t clock, uint32_t cycles);
/* As its source is labelled. */
uint32_t rtc_clk_slow_freq_get_hz(void);

#endif
