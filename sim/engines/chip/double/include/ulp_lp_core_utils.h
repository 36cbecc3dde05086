#ifndef TALLY_DOUBLE_ULP_LP_CORE_UTILS_H
#define TALLY_DOUBLE_ULP_LP_CORE_UTILS_H

#include <stdint.h>

void ulp_lp_core_delay_us(uint32_t microseconds);
void ulp_lp_core_wakeup_main_processor(void);

#endif
