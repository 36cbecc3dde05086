#ifndef TALLY_DOUBLE_ESP_CLK_H
#define TALLY_DOUBLE_ESP_CLK_H

#include <stdint.h>

/* Microseconds of a cycle of the slow clock, 19 bits behind the point, as last measured. */
uint32_t esp_clk_slowclk_cal_get(void);

#endif
