/* What a wake stub may do to a pin of the chip's matrix: registers only. */
#ifndef TALLY_DOUBLE_GPIO_LL_H
#define TALLY_DOUBLE_GPIO_LL_H

#include "driver/gpio.h"

typedef struct {
  uint32_t registers;
} gpio_dev_t;

extern gpio_dev_t GPIO;

int gpio_ll_get_level(gpio_dev_t *device, uint32_t gpio);
void gpio_ll_input_enable(gpio_dev_t *device, uint32_t gpio);
void gpio_ll_wakeup_enable_on_hp_periph_powerdown_sleep(gpio_dev_t *device, uint32_t gpio, gpio_int_type_t level);

#endif
