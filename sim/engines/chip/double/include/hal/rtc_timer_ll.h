#ifndef TALLY_DOUBLE_RTC_TIMER_LL_H
#define TALLY_DOUBLE_RTC_TIMER_LL_H

#include <stdint.h>

uint64_t rtc_timer_ll_get_cycle_count(uint32_t timer);
void rtc_timer_ll_set_wakeup_time(uint32_t timer, uint64_t cycle);

#endif
