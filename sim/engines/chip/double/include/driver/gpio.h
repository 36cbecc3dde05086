#ifndef TALLY_DOUBLE_DRIVER_GPIO_H
#define TALLY_DOUBLE_DRIVER_GPIO_H

#include <stdint.h>

#include "esp_err.h"
#include "soc/soc_caps.h"

typedef int gpio_num_t;
typedef enum { GPIO_MODE_DISABLE = 0, GPIO_MODE_INPUT = 1, GPIO_MODE_OUTPUT = 2 } gpio_mode_t;
typedef enum { GPIO_PULLUP_ONLY, GPIO_PULLDOWN_ONLY, GPIO_PULLUP_PULLDOWN, GPIO_FLOATING } gpio_pull_mode_t;
typedef enum { GPIO_PULLUP_DISABLE, GPIO_PULLUP_ENABLE } gpio_pullup_t;
typedef enum { GPIO_PULLDOWN_DISABLE, GPIO_PULLDOWN_ENABLE } gpio_pulldown_t;
typedef enum {
  GPIO_INTR_DISABLE,
  GPIO_INTR_POSEDGE,
  GPIO_INTR_NEGEDGE,
  GPIO_INTR_ANYEDGE,
  GPIO_INTR_LOW_LEVEL,
  GPIO_INTR_HIGH_LEVEL,
} gpio_int_type_t;
typedef void (*gpio_isr_t)(void *argument);

typedef struct {
  uint64_t pin_bit_mask;
  gpio_mode_t mode;
  gpio_pullup_t pull_up_en;
  gpio_pulldown_t pull_down_en;
  gpio_int_type_t intr_type;
} gpio_config_t;

#define GPIO_IS_VALID_GPIO(gpio) ((gpio) >= 0 && (gpio) < SOC_GPIO_PIN_COUNT && (SOC_GPIO_VALID_GPIO_MASK >> (gpio) & 1) != 0)
#define GPIO_IS_VALID_OUTPUT_GPIO(gpio) \
  ((gpio) >= 0 && (gpio) < SOC_GPIO_PIN_COUNT && (SOC_GPIO_VALID_OUTPUT_GPIO_MASK >> (gpio) & 1) != 0)

esp_err_t gpio_config(const gpio_config_t *config);
/* Of the output's latch: it reaches the pin once that is an output. */
esp_err_t gpio_set_level(gpio_num_t gpio, uint32_t level);
/* 0 while the pin's input is off. */
int gpio_get_level(gpio_num_t gpio);
esp_err_t gpio_set_direction(gpio_num_t gpio, gpio_mode_t mode);
/* Refused for a pin without resistors. */
esp_err_t gpio_set_pull_mode(gpio_num_t gpio, gpio_pull_mode_t mode);
esp_err_t gpio_set_intr_type(gpio_num_t gpio, gpio_int_type_t type);
esp_err_t gpio_intr_enable(gpio_num_t gpio);
esp_err_t gpio_intr_disable(gpio_num_t gpio);
/* Refused, with no change, when it has been done already. */
esp_err_t gpio_install_isr_service(int flags);
esp_err_t gpio_isr_handler_add(gpio_num_t gpio, gpio_isr_t handler, void *argument);
esp_err_t gpio_isr_handler_remove(gpio_num_t gpio);
/* For light sleep: by level only. */
esp_err_t gpio_wakeup_enable(gpio_num_t gpio, gpio_int_type_t level);
esp_err_t gpio_wakeup_disable(gpio_num_t gpio);
esp_err_t gpio_hold_en(gpio_num_t gpio);
esp_err_t gpio_hold_dis(gpio_num_t gpio);

#endif
