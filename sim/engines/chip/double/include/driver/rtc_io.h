#ifndef TALLY_DOUBLE_DRIVER_RTC_IO_H
#define TALLY_DOUBLE_DRIVER_RTC_IO_H

#include <stdbool.h>
#include <stdint.h>

#include "driver/gpio.h"
#include "soc/soc_caps.h"

#if SOC_RTCIO_PIN_COUNT > 0
typedef enum { RTC_GPIO_MODE_INPUT_ONLY, RTC_GPIO_MODE_OUTPUT_ONLY, RTC_GPIO_MODE_DISABLED } rtc_gpio_mode_t;

bool rtc_gpio_is_valid_gpio(gpio_num_t gpio);
/* The pin's number among those of the low-power domain; -1 when it is none of them. */
int rtc_io_number_get(gpio_num_t gpio);
/* Hands the pin from the chip's matrix to the low-power domain. */
esp_err_t rtc_gpio_init(gpio_num_t gpio);
esp_err_t rtc_gpio_set_direction(gpio_num_t gpio, rtc_gpio_mode_t mode);
esp_err_t rtc_gpio_pullup_en(gpio_num_t gpio);
esp_err_t rtc_gpio_pullup_dis(gpio_num_t gpio);
esp_err_t rtc_gpio_pulldown_dis(gpio_num_t gpio);
esp_err_t rtc_gpio_hold_dis(gpio_num_t gpio);
uint32_t rtc_gpio_get_level(gpio_num_t gpio);
#endif

#endif
