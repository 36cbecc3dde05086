#include "driver/gpio.h"

#include "device.h"
#include "esp_private/gpio.h"
#include "refusals.h"
#include "resets.h"
#include "pads.h"
#include "wiring.h"

static int hasInterruptService;

void gpioReset(void) { hasInterruptService = 0; }

static uint32_t logical(int gpio) { return padAt(gpio)->latch ^ wireAt(gpio)->isActiveLow; }

/* A pin that is an output, and that the board has wired as one, drives its part from now on. */
static void open(int gpio, uint8_t operation) {
  struct pad *pad = padAt(gpio);
  const struct wire *wire = wireAt(gpio);
  if (pad->handle != 0) return;
  const double level = operation == DEVICE_OUTPUT_OPEN ? logical(gpio) : 0;
  const struct reply reply = deviceText(operation, level, 0, wire->name);
  if (reply.kind != REPLY_NUMBER) fault("the board can't open %s at GPIO %d", wire->name, gpio);
  pad->handle = reply.number;
  deviceOpened(reply.number);
}

esp_err_t gpio_set_level(gpio_num_t gpio, uint32_t level) {
  if (!GPIO_IS_VALID_OUTPUT_GPIO(gpio)) return ESP_ERR_INVALID_ARG;
  struct pad *pad = padAt(gpio);
  pad->latch = level ? 1 : 0;
  if (pad->isOutput) padRefuseUsb(gpio);
  if (pad->isOutput && pad->handle != 0) device(DEVICE_WRITE, pad->handle, logical(gpio));
  return ESP_OK;
}

int gpio_get_level(gpio_num_t gpio) { return GPIO_IS_VALID_GPIO(gpio) ? padRead(gpio) : 0; }

esp_err_t gpio_set_direction(gpio_num_t gpio, gpio_mode_t mode) {
  if (!GPIO_IS_VALID_GPIO(gpio)) return ESP_ERR_INVALID_ARG;
  if (mode == GPIO_MODE_OUTPUT && !GPIO_IS_VALID_OUTPUT_GPIO(gpio)) return ESP_ERR_INVALID_ARG;
  struct pad *pad = padAt(gpio);
  const enum wireKind kind = wireAt(gpio)->kind;
  padIsHeld(gpio);
  pad->isOutput = mode == GPIO_MODE_OUTPUT;
  pad->isInput = mode == GPIO_MODE_INPUT;
  pad->isLowPower = 0;
  if (pad->isOutput && kind == WIRE_OUTPUT) open(gpio, DEVICE_OUTPUT_OPEN);
  if (pad->isInput && kind == WIRE_INPUT) open(gpio, DEVICE_INPUT_OPEN);
  return ESP_OK;
}

esp_err_t gpio_set_pull_mode(gpio_num_t gpio, gpio_pull_mode_t mode) {
  if (!GPIO_IS_VALID_OUTPUT_GPIO(gpio)) return ESP_ERR_INVALID_ARG;
  padPullUp(gpio, mode == GPIO_PULLUP_ONLY || mode == GPIO_PULLUP_PULLDOWN);
  padAt(gpio)->isPulledDown = mode == GPIO_PULLDOWN_ONLY || mode == GPIO_PULLUP_PULLDOWN;
  return ESP_OK;
}

esp_err_t gpio_config(const gpio_config_t *config) {
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++) {
    if ((config->pin_bit_mask >> gpio & 1) == 0) continue;
    if (gpio_set_direction(gpio, config->mode) != ESP_OK) return ESP_ERR_INVALID_ARG;
    padPullUp(gpio, config->pull_up_en == GPIO_PULLUP_ENABLE);
    padAt(gpio)->isPulledDown = config->pull_down_en == GPIO_PULLDOWN_ENABLE;
    padAt(gpio)->interruptType = config->intr_type;
    gpio_func_sel(gpio, PIN_FUNC_GPIO);
  }
  return ESP_OK;
}

esp_err_t gpio_func_sel(gpio_num_t gpio, uint32_t function) {
  if (!GPIO_IS_VALID_GPIO(gpio)) return ESP_ERR_INVALID_ARG;
  if (function == PIN_FUNC_GPIO) padAt(gpio)->isUsb = 0;
  return ESP_OK;
}

esp_err_t gpio_set_intr_type(gpio_num_t gpio, gpio_int_type_t type) {
  padAt(gpio)->interruptType = type;
  return ESP_OK;
}

esp_err_t gpio_intr_enable(gpio_num_t gpio) {
  padAt(gpio)->isInterruptEnabled = 1;
  return ESP_OK;
}

esp_err_t gpio_intr_disable(gpio_num_t gpio) {
  padAt(gpio)->isInterruptEnabled = 0;
  return ESP_OK;
}

esp_err_t gpio_install_isr_service(int flags) {
  (void)flags;
  if (hasInterruptService) return ESP_ERR_INVALID_STATE;
  hasInterruptService = 1;
  return ESP_OK;
}

esp_err_t gpio_isr_handler_add(gpio_num_t gpio, gpio_isr_t handler, void *argument) {
  if (isRefused(__func__)) return ESP_ERR_INVALID_STATE;
  if (!hasInterruptService) return ESP_ERR_INVALID_STATE;
  padAt(gpio)->interrupt = handler;
  padAt(gpio)->interruptArgument = argument;
  return ESP_OK;
}

esp_err_t gpio_isr_handler_remove(gpio_num_t gpio) {
  padAt(gpio)->interrupt = NULL;
  return ESP_OK;
}

esp_err_t gpio_wakeup_enable(gpio_num_t gpio, gpio_int_type_t level) {
  if (!GPIO_IS_VALID_GPIO(gpio) || (level != GPIO_INTR_LOW_LEVEL && level != GPIO_INTR_HIGH_LEVEL))
    return ESP_ERR_INVALID_ARG;
  padAt(gpio)->wakeLevel = level;
  return ESP_OK;
}

esp_err_t gpio_wakeup_disable(gpio_num_t gpio) {
  padAt(gpio)->wakeLevel = GPIO_INTR_DISABLE;
  return ESP_OK;
}

esp_err_t gpio_hold_en(gpio_num_t gpio) {
  if (!GPIO_IS_VALID_OUTPUT_GPIO(gpio)) return ESP_ERR_NOT_SUPPORTED;
  padAt(gpio)->isHeld = 1;
  return ESP_OK;
}

esp_err_t gpio_hold_dis(gpio_num_t gpio) {
  padRelease(gpio);
  return ESP_OK;
}
