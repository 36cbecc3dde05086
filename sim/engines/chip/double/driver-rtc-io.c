#include "driver/rtc_io.h"

#if SOC_RTCIO_PIN_COUNT > 0

#include <stddef.h>

#include "hal/rtc_io_ll.h"
#include "pads.h"

/* By number, as components/soc/<chip>/include/soc/rtc_io_channel.h. */
#if CONFIG_IDF_TARGET_ESP32
static const int gpios[SOC_RTCIO_PIN_COUNT] = {36, 37, 38, 39, 34, 35, 25, 26, 33, 32, 4, 0, 2, 15, 13, 12, 14, 27};

static int gpioOf(int number) { return gpios[number]; }
#else
static int gpioOf(int number) { return number; }
#endif

int rtc_io_number_get(gpio_num_t gpio) {
  for (int number = 0; number < SOC_RTCIO_PIN_COUNT; number++)
    if (gpioOf(number) == gpio) return number;
  return -1;
}

bool rtc_gpio_is_valid_gpio(gpio_num_t gpio) { return rtc_io_number_get(gpio) >= 0; }

esp_err_t rtc_gpio_init(gpio_num_t gpio) {
  if (!rtc_gpio_is_valid_gpio(gpio)) return ESP_ERR_INVALID_ARG;
  padAt(gpio)->isLowPower = 1;
  padIsHeld(gpio);
  return ESP_OK;
}

/* Of a pin that the low-power domain has; others are not its to change. */
static struct pad *ownPad(gpio_num_t gpio) {
  struct pad *pad = rtc_gpio_is_valid_gpio(gpio) ? padAt(gpio) : NULL;
  return pad != NULL && pad->isLowPower ? pad : NULL;
}

esp_err_t rtc_gpio_set_direction(gpio_num_t gpio, rtc_gpio_mode_t mode) {
  struct pad *pad = ownPad(gpio);
  if (pad == NULL) return ESP_ERR_INVALID_ARG;
  pad->isInput = mode == RTC_GPIO_MODE_INPUT_ONLY;
  return ESP_OK;
}

esp_err_t rtc_gpio_pullup_en(gpio_num_t gpio) {
  struct pad *pad = ownPad(gpio);
  if (pad == NULL || !GPIO_IS_VALID_OUTPUT_GPIO(gpio)) return ESP_ERR_INVALID_ARG;
  padPullUp(gpio, 1);
  return ESP_OK;
}

esp_err_t rtc_gpio_pullup_dis(gpio_num_t gpio) {
  struct pad *pad = ownPad(gpio);
  if (pad == NULL) return ESP_ERR_INVALID_ARG;
  padPullUp(gpio, 0);
  return ESP_OK;
}

esp_err_t rtc_gpio_pulldown_dis(gpio_num_t gpio) {
  struct pad *pad = ownPad(gpio);
  if (pad == NULL) return ESP_ERR_INVALID_ARG;
  pad->isPulledDown = 0;
  return ESP_OK;
}

esp_err_t rtc_gpio_hold_dis(gpio_num_t gpio) {
  padRelease(gpio);
  return ESP_OK;
}

uint32_t rtc_gpio_get_level(gpio_num_t gpio) {
  const struct pad *pad = ownPad(gpio);
  return pad == NULL ? 0 : (uint32_t)padRead(gpio);
}

uint32_t rtcio_ll_get_level(int number) { return rtc_gpio_get_level(gpioOf(number)); }

/* The unit for EXT0 has one pin. */
void rtcio_ll_ext0_set_wakeup_pin(int number, int level) {
  padAt(gpioOf(number))->wakeLevel = level ? GPIO_INTR_HIGH_LEVEL : GPIO_INTR_LOW_LEVEL;
}

#endif
