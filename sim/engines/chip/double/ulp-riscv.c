#include "ulp_riscv.h"

#include "pads.h"
#include "sdkconfig.h"
#include "ulp-core.h"
#include "ulp_riscv_gpio.h"
#include "ulp_riscv_utils.h"

#if CONFIG_ULP_COPROC_TYPE_RISCV

static uint32_t periodMicroseconds;

esp_err_t ulp_riscv_load_binary(const uint8_t *program, size_t byteLength) { return ulpLoad(program, byteLength); }

esp_err_t ulp_set_wakeup_period(size_t index, uint32_t microseconds) {
  if (index > 4) return ESP_ERR_INVALID_ARG;
  periodMicroseconds = microseconds;
  return ESP_OK;
}

esp_err_t ulp_riscv_run(void) {
  if (periodMicroseconds == 0) return ESP_ERR_INVALID_STATE;
  ulpStart(periodMicroseconds);
  return ESP_OK;
}

void ulp_riscv_timer_stop(void) { ulpStop(); }

void ulp_riscv_halt(void) { ulpStop(); }

void ulp_riscv_gpio_input_enable(gpio_num_t gpio) { ulpEnableInput(gpio, 1); }

void ulp_riscv_gpio_input_disable(gpio_num_t gpio) { ulpEnableInput(gpio, 0); }

void ulp_riscv_gpio_pullup(gpio_num_t gpio) { ulpEnablePullUp(gpio, 1); }

void ulp_riscv_gpio_pullup_disable(gpio_num_t gpio) { ulpEnablePullUp(gpio, 0); }

uint32_t ulp_riscv_gpio_get_level(gpio_num_t gpio) { return ulpLevel(gpio); }

void ulp_riscv_delay_cycles(uint32_t cycles) { padsWait((uint32_t)(cycles / ULP_RISCV_CYCLES_PER_US)); }

void ulp_riscv_wakeup_main_processor(void) { ulpWake(); }

#endif
