#include "ulp_lp_core.h"

#include "pads.h"
#include "sdkconfig.h"
#include "ulp-core.h"
#include "ulp_lp_core_gpio.h"
#include "ulp_lp_core_utils.h"

#if CONFIG_ULP_COPROC_TYPE_LP_CORE

esp_err_t ulp_lp_core_load_binary(const uint8_t *program, size_t byteLength) { return ulpLoad(program, byteLength); }

esp_err_t ulp_lp_core_run(ulp_lp_core_cfg_t *config) {
  if (config->wakeup_source == 0) return ESP_ERR_INVALID_ARG;
  if ((config->wakeup_source & ULP_LP_CORE_WAKEUP_SOURCE_LP_TIMER) != 0 && config->lp_timer_sleep_duration_us != 0)
    ulpStart(config->lp_timer_sleep_duration_us);
  return ESP_OK;
}

void ulp_lp_core_stop(void) { ulpStop(); }

/* The core's pins have the numbers of the low-power domain, which on this chip are those of the GPIOs. */
void ulp_lp_core_gpio_input_enable(lp_io_num_t pin) { ulpEnableInput(pin, 1); }

void ulp_lp_core_gpio_input_disable(lp_io_num_t pin) { ulpEnableInput(pin, 0); }

void ulp_lp_core_gpio_pullup_enable(lp_io_num_t pin) { ulpEnablePullUp(pin, 1); }

void ulp_lp_core_gpio_pullup_disable(lp_io_num_t pin) { ulpEnablePullUp(pin, 0); }

uint32_t ulp_lp_core_gpio_get_level(lp_io_num_t pin) { return ulpLevel(pin); }

void ulp_lp_core_delay_us(uint32_t microseconds) { padsWait(microseconds); }

void ulp_lp_core_wakeup_main_processor(void) { ulpWake(); }

#endif
