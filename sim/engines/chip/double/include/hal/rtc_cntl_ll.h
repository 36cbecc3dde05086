#ifndef TALLY_DOUBLE_RTC_CNTL_LL_H
#define TALLY_DOUBLE_RTC_CNTL_LL_H

#include <stdint.h>

void rtc_cntl_ll_ext1_clear_wakeup_status(void);
/* Numbers of the low-power domain; a level for all of them. */
void rtc_cntl_ll_ext1_set_wakeup_pins(uint32_t mask, int level);
void rtc_cntl_ll_gpio_clear_wakeup_status(void);

#endif
