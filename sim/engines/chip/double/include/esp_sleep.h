#ifndef TALLY_DOUBLE_ESP_SLEEP_H
#define TALLY_DOUBLE_ESP_SLEEP_H

#include <stdint.h>

#include "esp_bit_defs.h"
#include "esp_err.h"
#include "driver/gpio.h"
#include "soc/soc_caps.h"

typedef enum {
  ESP_SLEEP_WAKEUP_UNDEFINED,
  ESP_SLEEP_WAKEUP_ALL,
  ESP_SLEEP_WAKEUP_EXT0,
  ESP_SLEEP_WAKEUP_EXT1,
  ESP_SLEEP_WAKEUP_TIMER,
  ESP_SLEEP_WAKEUP_TOUCHPAD,
  ESP_SLEEP_WAKEUP_ULP,
  ESP_SLEEP_WAKEUP_GPIO,
  ESP_SLEEP_WAKEUP_COCPU_TRAP_TRIG,
} esp_sleep_source_t;

typedef enum {
#if CONFIG_IDF_TARGET_ESP32
  ESP_EXT1_WAKEUP_ALL_LOW = 0,
#else
  ESP_EXT1_WAKEUP_ANY_LOW = 0,
#endif
  ESP_EXT1_WAKEUP_ANY_HIGH = 1,
} esp_sleep_ext1_wakeup_mode_t;

typedef enum { ESP_GPIO_WAKEUP_GPIO_LOW, ESP_GPIO_WAKEUP_GPIO_HIGH } esp_sleep_gpio_wake_up_mode_t;
typedef enum { ESP_PD_DOMAIN_RTC_PERIPH, ESP_PD_DOMAIN_MAX } esp_sleep_pd_domain_t;
typedef enum { ESP_PD_OPTION_OFF, ESP_PD_OPTION_ON, ESP_PD_OPTION_AUTO } esp_sleep_pd_option_t;
typedef void (*esp_deep_sleep_wake_stub_fn_t)(void);

esp_err_t esp_sleep_enable_timer_wakeup(uint64_t microseconds);
#if CONFIG_ULP_COPROC_ENABLED
esp_err_t esp_sleep_enable_ulp_wakeup(void);
#endif
#if SOC_PM_SUPPORT_EXT0_WAKEUP
esp_err_t esp_sleep_enable_ext0_wakeup(gpio_num_t gpio, int level);
#endif
#if SOC_PM_SUPPORT_EXT1_WAKEUP
esp_err_t esp_sleep_enable_ext1_wakeup_io(uint64_t mask, esp_sleep_ext1_wakeup_mode_t mode);
#endif
esp_err_t esp_sleep_enable_gpio_wakeup(void);
esp_err_t esp_sleep_enable_gpio_wakeup_on_hp_periph_powerdown(uint64_t mask, esp_sleep_gpio_wake_up_mode_t mode);
esp_err_t esp_sleep_pd_config(esp_sleep_pd_domain_t domain, esp_sleep_pd_option_t option);
esp_err_t esp_sleep_disable_wakeup_source(esp_sleep_source_t source);
/* A bit for each source that ended the last sleep. */
uint32_t esp_sleep_get_wakeup_causes(void);
void esp_set_deep_sleep_wake_stub(esp_deep_sleep_wake_stub_fn_t stub);
/* What a stub calls before all else. */
void esp_default_wake_deep_sleep(void);
_Noreturn void esp_deep_sleep_start(void);
/* Refused, with an error, when a level to wake for is there already. */
esp_err_t esp_light_sleep_start(void);

#endif
