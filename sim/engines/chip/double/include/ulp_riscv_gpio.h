#ifndef TALLY_DOUBLE_ULP_RISCV_GPIO_H
#define TALLY_DOUBLE_ULP_RISCV_GPIO_H

#include "driver/gpio.h"

void ulp_riscv_gpio_input_enable(gpio_num_t gpio);
void ulp_riscv_gpio_input_disable(gpio_num_t gpio);
void ulp_riscv_gpio_pullup(gpio_num_t gpio);
void ulp_riscv_gpio_pullup_disable(gpio_num_t gpio);
uint32_t ulp_riscv_gpio_get_level(gpio_num_t gpio);

#endif
