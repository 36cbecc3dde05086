#ifndef TALLY_DOUBLE_ESP_CLK_H
#define TALLY_DOUBLE_ESP_CLK_H

#include <stdint.h>

/* Microseconds of a cycle of the slow clock, 19 bits behind the point, as last measured: by a start, or by a sleep. */
uint32_t esp_clk_slowclk_cal_get(void);
void esp_clk_slowclk_cal_set(uint32_t calibration);

#endif
