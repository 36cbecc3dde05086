#ifndef TALLY_DOUBLE_RTC_IO_LL_H
#define TALLY_DOUBLE_RTC_IO_LL_H

#include <stdint.h>

uint32_t rtcio_ll_get_level(int number);
void rtcio_ll_ext0_set_wakeup_pin(int number, int level);

#endif
