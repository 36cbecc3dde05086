/*
 * ESP32-C6, ESP32-S3: one poll by the core that runs in deep sleep. Its timer starts it every
 * PULSE_POLL_MICROSECONDS, and it halts when `main` returns (lp_core_startup.c, ulp_riscv_core's start.S).
 */
#include "pulse-station.h"
#include "sdkconfig.h"

#if CONFIG_ULP_COPROC_TYPE_LP_CORE
#include "ulp_lp_core_gpio.h"
#include "ulp_lp_core_utils.h"
#define ENABLE_INPUT(pin) ulp_lp_core_gpio_input_enable((lp_io_num_t)(pin))
#define DISABLE_INPUT(pin) ulp_lp_core_gpio_input_disable((lp_io_num_t)(pin))
#define ENABLE_PULL_UP(pin) ulp_lp_core_gpio_pullup_enable((lp_io_num_t)(pin))
#define DISABLE_PULL_UP(pin) ulp_lp_core_gpio_pullup_disable((lp_io_num_t)(pin))
#define LEVEL(pin) ulp_lp_core_gpio_get_level((lp_io_num_t)(pin))
#define WAIT_MICROSECONDS(count) ulp_lp_core_delay_us(count)
#define WAKE_MAIN_CORE() ulp_lp_core_wakeup_main_processor()
#else
#include "ulp_riscv_gpio.h"
#include "ulp_riscv_utils.h"
#define ENABLE_INPUT(pin) ulp_riscv_gpio_input_enable((gpio_num_t)(pin))
#define DISABLE_INPUT(pin) ulp_riscv_gpio_input_disable((gpio_num_t)(pin))
#define ENABLE_PULL_UP(pin) ulp_riscv_gpio_pullup((gpio_num_t)(pin))
#define DISABLE_PULL_UP(pin) ulp_riscv_gpio_pullup_disable((gpio_num_t)(pin))
#define LEVEL(pin) ulp_riscv_gpio_get_level((gpio_num_t)(pin))
#define WAIT_MICROSECONDS(count) ulp_riscv_delay_cycles((uint32_t)((count) * ULP_RISCV_CYCLES_PER_US))
#define WAKE_MAIN_CORE() ulp_riscv_wakeup_main_processor()
#endif

/* Shared with the main core. */
struct pulseStation station;

static void openLine(uint32_t pin) {
  if (pin == NO_PIN) return;
  if (station.isPullUpInternal) ENABLE_PULL_UP(pin);
  ENABLE_INPUT(pin);
}

/* Between polls neither the pull-up nor an input buffer takes current, whatever the contact does. */
static uint32_t closeLine(uint32_t pin, uint32_t absentLevel) {
  if (pin == NO_PIN) return absentLevel;
  const uint32_t level = LEVEL(pin);
  DISABLE_INPUT(pin);
  DISABLE_PULL_UP(pin);
  return level;
}

int main(void) {
  openLine(station.contactA);
  openLine(station.contactB);
  openLine(station.cableLoop);
  WAIT_MICROSECONDS(SETTLE_MICROSECONDS);
  uint32_t contacts = 0;
  if (closeLine(station.contactA, 1) == 0) contacts |= PULSE_CONTACT_A;
  if (closeLine(station.contactB, 1) == 0) contacts |= PULSE_CONTACT_B;
  if (closeLine(station.cableLoop, 0) != 0) contacts |= PULSE_LOOP_OPEN;
  /* At every poll, for the main core may be falling asleep and miss the first time. */
  if (pulseStationPoll(&station, contacts)) WAKE_MAIN_CORE();
  return 0;
}
