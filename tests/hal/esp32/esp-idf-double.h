/* What of ESP-IDF the low-power code calls, for a chip in simulated time. Every header of ESP-IDF stands for this one. */
#ifndef TALLY_ESP_IDF_DOUBLE_H
#define TALLY_ESP_IDF_DOUBLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define SOC_GPIO_PIN_COUNT 22
#define SOC_GPIO_HP_PERIPH_PD_SLEEP_WAKEABLE_MASK 0x3fULL
#define CONFIG_ESP_TIMER_SUPPORTS_ISR_DISPATCH_METHOD 1
#define CONFIG_ESP_TIMER_IN_IRAM 1

#define BIT(n) (1u << (n))
#define BIT64(n) (1ULL << (n))
#define ESP_OK 0
#define ESP_ERROR_CHECK(error) \
  do {                         \
    if ((error) != 0) abort(); \
  } while (0)

typedef int esp_err_t;
typedef int gpio_num_t;

enum { GPIO_INTR_LOW_LEVEL = 4, GPIO_INTR_HIGH_LEVEL = 5 };
enum { GPIO_MODE_INPUT = 1, GPIO_PULLUP_DISABLE = 0, GPIO_PULLUP_ENABLE = 1, RTC_GPIO_MODE_INPUT_ONLY = 0 };
enum { ESP_GPIO_WAKEUP_GPIO_LOW, ESP_GPIO_WAKEUP_GPIO_HIGH };
enum { ESP_EXT1_WAKEUP_ANY_LOW };
enum { ESP_SLEEP_WAKEUP_ALL = 1, ESP_SLEEP_WAKEUP_COCPU_TRAP_TRIG = 13 };
enum { ESP_PD_DOMAIN_RTC_PERIPH, ESP_PD_OPTION_ON };
enum { ESP_TIMER_ISR = 1 };
enum { ESP_RST_SW, ESP_RST_DEEPSLEEP };

typedef struct {
  uint64_t pin_bit_mask;
  int mode;
  int pull_up_en;
} gpio_config_t;

typedef struct {
  int unused;
} gpio_dev_t;

typedef void *esp_timer_handle_t;
typedef struct {
  void (*callback)(void *);
  int dispatch_method;
  const char *name;
  bool skip_unhandled_events;
} esp_timer_create_args_t;

extern gpio_dev_t GPIO;

esp_err_t esp_timer_create(const esp_timer_create_args_t *arguments, esp_timer_handle_t *timer);
esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t periodMicroseconds);
esp_err_t esp_timer_stop(esp_timer_handle_t timer);
esp_err_t gpio_config(const gpio_config_t *config);
esp_err_t gpio_hold_dis(int gpio);
esp_err_t gpio_hold_en(int gpio);
esp_err_t gpio_wakeup_enable(int gpio, int level);
esp_err_t gpio_wakeup_disable(int gpio);
int gpio_ll_get_level(gpio_dev_t *device, int gpio);
void gpio_ll_input_enable(gpio_dev_t *device, uint32_t gpio);
void gpio_ll_wakeup_enable_on_hp_periph_powerdown_sleep(gpio_dev_t *device, uint32_t gpio, int level);
void rtc_cntl_ll_gpio_clear_wakeup_status(void);
uint64_t rtc_timer_ll_get_cycle_count(int timer);
void rtc_timer_ll_set_wakeup_time(int timer, uint64_t cycle);
#define RTC_CLK_CAL_FRACT 19
uint64_t rtc_time_get(void);
uint64_t rtc_time_us_to_slowclk(uint64_t microseconds, uint32_t calibration);
uint32_t esp_clk_slowclk_cal_get(void);
void esp_rom_delay_us(uint32_t microseconds);
esp_err_t esp_sleep_enable_gpio_wakeup(void);
esp_err_t esp_sleep_enable_gpio_wakeup_on_hp_periph_powerdown(uint64_t gpioMask, int mode);
esp_err_t esp_sleep_enable_timer_wakeup(uint64_t microseconds);
esp_err_t esp_sleep_disable_wakeup_source(int source);
void esp_set_deep_sleep_wake_stub(void (*stub)(void));
void esp_default_wake_deep_sleep(void);
void esp_wake_stub_sleep(void (*stub)(void));
/* ESP32-C6: the other core, its program and its pins. */
typedef int lp_io_num_t;
typedef struct {
  uint32_t wakeup_source;
  uint32_t lp_timer_sleep_duration_us;
} ulp_lp_core_cfg_t;
#define ULP_LP_CORE_WAKEUP_SOURCE_LP_TIMER BIT(4)
extern uint32_t ulp_station[];
bool rtc_gpio_is_valid_gpio(int gpio);
int rtc_io_number_get(int gpio);
esp_err_t rtc_gpio_init(int gpio);
esp_err_t rtc_gpio_set_direction(int gpio, int mode);
esp_err_t rtc_gpio_pullup_en(int gpio);
esp_err_t rtc_gpio_pullup_dis(int gpio);
esp_err_t rtc_gpio_pulldown_dis(int gpio);
uint32_t rtc_gpio_get_level(int gpio);
esp_err_t ulp_lp_core_load_binary(const uint8_t *program, size_t byteLength);
esp_err_t ulp_lp_core_run(ulp_lp_core_cfg_t *config);
void ulp_lp_core_stop(void);
void ulp_lp_core_gpio_input_enable(lp_io_num_t pin);
void ulp_lp_core_gpio_input_disable(lp_io_num_t pin);
void ulp_lp_core_gpio_pullup_enable(lp_io_num_t pin);
void ulp_lp_core_gpio_pullup_disable(lp_io_num_t pin);
uint32_t ulp_lp_core_gpio_get_level(lp_io_num_t pin);
void ulp_lp_core_delay_us(uint32_t microseconds);
void ulp_lp_core_wakeup_main_processor(void);
uint32_t esp_rom_crc32_le(uint32_t crc, const uint8_t *bytes, uint32_t byteLength);
int esp_reset_reason(void);
uint32_t esp_sleep_get_wakeup_causes(void);
esp_err_t esp_sleep_enable_ulp_wakeup(void);
esp_err_t esp_sleep_enable_ext1_wakeup_io(uint64_t gpioMask, int mode);
esp_err_t esp_sleep_pd_config(int domain, int option);

void esp_deep_sleep_start(void) __attribute__((noreturn));
esp_err_t esp_light_sleep_start(void);

#endif
