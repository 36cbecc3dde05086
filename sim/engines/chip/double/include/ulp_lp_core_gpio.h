#ifndef TALLY_DOUBLE_ULP_LP_CORE_GPIO_H
#define TALLY_DOUBLE_ULP_LP_CORE_GPIO_H

#include <stdint.h>

typedef int lp_io_num_t;

void ulp_lp_core_gpio_input_enable(lp_io_num_t pin);
void ulp_lp_core_gpio_input_disable(lp_io_num_t pin);
void ulp_lp_core_gpio_pullup_enable(lp_io_num_t pin);
void ulp_lp_core_gpio_pullup_disable(lp_io_num_t pin);
uint32_t ulp_lp_core_gpio_get_level(lp_io_num_t pin);

#endif
