#include "esp_rtc_time.h"

#include "chip-time.h"
#include "esp_private/esp_clk.h"
#include "hal/rtc_timer_ll.h"
#include "soc/rtc.h"

#define FRACTION_BITS 19

/* A cycle of the slow clock is taken for a microsecond, exactly: what a real oscillator does is a matter of its own. */
uint32_t esp_clk_slowclk_cal_get(void) { return 1u << FRACTION_BITS; }

uint64_t esp_rtc_get_time_us(void) { return chipMicroseconds(); }

uint64_t rtc_time_get(void) { return chipMicroseconds(); }

uint64_t rtc_time_us_to_slowclk(uint64_t microseconds, uint32_t calibration) {
  return (microseconds << FRACTION_BITS) / calibration;
}

uint64_t rtc_timer_ll_get_cycle_count(uint32_t timer) {
  (void)timer;
  return chipMicroseconds();
}
