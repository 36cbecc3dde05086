#ifndef TALLY_DOUBLE_ESP_PRIVATE_GPIO_H
#define TALLY_DOUBLE_ESP_PRIVATE_GPIO_H

#include "driver/gpio.h"

/* Of every pin the matrix's function has this number (soc/io_mux_reg.h). */
#define PIN_FUNC_GPIO 1

/* Takes the pin away from what has it at a start: the USB port. */
esp_err_t gpio_func_sel(gpio_num_t gpio, uint32_t function);

#endif
