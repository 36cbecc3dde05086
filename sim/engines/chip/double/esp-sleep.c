#include "esp_sleep.h"

#include <string.h>

#include "chip-start.h"
#include "chip-time.h"
#include "cpu.h"
#include "device.h"
#include "driver-uart.h"
#include "esp-rtc-time.h"
#include "esp-sleep.h"
#include "esp_wake_stub.h"
#include "hal/gpio_ll.h"
#include "hal/rtc_cntl_ll.h"
#include "hal/rtc_io_ll.h"
#include "hal/rtc_timer_ll.h"
#include "pads.h"
#include "sdkconfig.h"
#include "soc/rtc.h"
#include "ulp-core.h"

#define NEVER UINT64_MAX
/* As sim/engines/chip/device-operation.ts has them. */
enum { SLEEP_WATCHES_CONTACTS = 1, SLEEP_WATCHES_COUNT = 2 };

gpio_dev_t GPIO;

enum sleepKind { AWAKE, LIGHT, DEEP };

static enum sleepKind kind;
/* Sources that are switched on, and those that ended the last sleep: a bit for each esp_sleep_source_t. */
static uint32_t sources;
static uint32_t causes;
static int hasLowPowerDomain;
static uint64_t timerMicroseconds;
static uint64_t wakeAtCycle;
static esp_deep_sleep_wake_stub_fn_t stub;

void sleepReset(int hasSlept) {
  kind = AWAKE;
  sources = 0;
  stub = NULL;
  hasLowPowerDomain = 0;
  if (!hasSlept) causes = 0;
}

void sleepPowerOn(void) { sleepReset(0); }

esp_err_t esp_sleep_enable_timer_wakeup(uint64_t microseconds) {
  sources |= BIT(ESP_SLEEP_WAKEUP_TIMER);
  timerMicroseconds = microseconds;
  return ESP_OK;
}

#if CONFIG_ULP_COPROC_ENABLED
esp_err_t esp_sleep_enable_ulp_wakeup(void) {
  sources |= BIT(ESP_SLEEP_WAKEUP_ULP);
  return ESP_OK;
}
#endif

#if SOC_PM_SUPPORT_EXT0_WAKEUP
esp_err_t esp_sleep_enable_ext0_wakeup(gpio_num_t gpio, int level) {
  sources |= BIT(ESP_SLEEP_WAKEUP_EXT0);
  padAt(gpio)->wakeLevel = level ? GPIO_INTR_HIGH_LEVEL : GPIO_INTR_LOW_LEVEL;
  return ESP_OK;
}
#endif

static void wakeFor(uint64_t mask, int level) {
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++)
    if ((mask >> gpio & 1) != 0) padAt(gpio)->wakeLevel = level ? GPIO_INTR_HIGH_LEVEL : GPIO_INTR_LOW_LEVEL;
}

#if SOC_PM_SUPPORT_EXT1_WAKEUP
esp_err_t esp_sleep_enable_ext1_wakeup_io(uint64_t mask, esp_sleep_ext1_wakeup_mode_t mode) {
  sources |= BIT(ESP_SLEEP_WAKEUP_EXT1);
  wakeFor(mask, mode == ESP_EXT1_WAKEUP_ANY_HIGH);
  return ESP_OK;
}
#endif

esp_err_t esp_sleep_enable_gpio_wakeup(void) {
  sources |= BIT(ESP_SLEEP_WAKEUP_GPIO);
  return ESP_OK;
}

#if SOC_RTCIO_PIN_COUNT == 0
esp_err_t esp_sleep_enable_gpio_wakeup_on_hp_periph_powerdown(uint64_t mask, esp_sleep_gpio_wake_up_mode_t mode) {
  if ((mask & ~SOC_GPIO_HP_PERIPH_PD_SLEEP_WAKEABLE_MASK) != 0) return ESP_ERR_INVALID_ARG;
  sources |= BIT(ESP_SLEEP_WAKEUP_GPIO);
  wakeFor(mask, mode == ESP_GPIO_WAKEUP_GPIO_HIGH);
  return ESP_OK;
}
#endif

esp_err_t esp_sleep_pd_config(esp_sleep_pd_domain_t domain, esp_sleep_pd_option_t option) {
  if (domain >= ESP_PD_DOMAIN_MAX || option > ESP_PD_OPTION_AUTO) return ESP_ERR_INVALID_ARG;
  hasLowPowerDomain = option == ESP_PD_OPTION_ON;
  return ESP_OK;
}

esp_err_t esp_sleep_disable_wakeup_source(esp_sleep_source_t source) {
  if (source != ESP_SLEEP_WAKEUP_ALL) return ESP_ERR_NOT_SUPPORTED;
  sources = 0;
#if SOC_RTCIO_PIN_COUNT > 0
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++)
    if (GPIO_IS_VALID_GPIO(gpio)) padAt(gpio)->wakeLevel = GPIO_INTR_DISABLE;
#endif
  return ESP_OK;
}

uint32_t esp_sleep_get_wakeup_causes(void) { return causes; }

void esp_set_deep_sleep_wake_stub(esp_deep_sleep_wake_stub_fn_t function) { stub = function; }

void esp_default_wake_deep_sleep(void) {}

static uint32_t watchedLines(void) {
  return sources & (BIT(ESP_SLEEP_WAKEUP_EXT0) | BIT(ESP_SLEEP_WAKEUP_EXT1) | BIT(ESP_SLEEP_WAKEUP_GPIO));
}

/* What there is to end the sleep now. */
static uint32_t causesNow(void) {
  uint32_t found = 0;
  if (watchedLines() != 0 && padsWake()) found |= watchedLines();
  if (rtc_time_get() >= wakeAtCycle) found |= BIT(ESP_SLEEP_WAKEUP_TIMER);
#if CONFIG_ULP_COPROC_ENABLED
  const int hasAsked = ulpTakeWake();
  if (hasAsked && (sources & BIT(ESP_SLEEP_WAKEUP_ULP)) != 0) found |= BIT(ESP_SLEEP_WAKEUP_ULP);
#endif
  return found;
}

/*
 * Tells the board until when the chip sleeps, and what else may end that. Between a module's last look at a line and its
 * sleep no time passes here, so a line that ends the sleep at once would end the next one too, for ever.
 */
static void announce(void) {
  if (watchedLines() != 0 && padsWake()) fault("a line wakes the chip as soon as it sleeps");
  uint32_t watched = 0;
  if (padsWatchContacts()) watched |= SLEEP_WATCHES_CONTACTS;
  if ((sources & BIT(ESP_SLEEP_WAKEUP_ULP)) != 0) watched |= SLEEP_WATCHES_COUNT;
  const double until = wakeAtCycle == NEVER ? -1 : (double)rtcTimeOfCycle(wakeAtCycle);
  device(OPERATION_CHIP_SLEEP, until, watched);
}

static void runStub(void) {
  stub();
  /* It has returned: the chip is to start. */
  chipStart();
}

static void wake(uint32_t found) {
  const enum sleepKind ended = kind;
  causes = found;
  kind = AWAKE;
  if (ended == LIGHT)
    cpuResume();
  else if (stub != NULL)
    cpuStart(runStub);
  else
    chipStart();
}

void sleepLook(void) {
  if (kind == AWAKE) return;
  const uint32_t found = causesNow();
  if (found != 0) wake(found);
}

#if CONFIG_ULP_COPROC_ENABLED
void sleepLookAfterCrash(void) {
  const uint32_t mayWake = sources & BIT(ESP_SLEEP_WAKEUP_ULP);
  if (kind != AWAKE && mayWake != 0) wake(BIT(ESP_SLEEP_WAKEUP_COCPU_TRAP_TRIG));
}
#endif

static void begin(enum sleepKind begun) {
  kind = begun;
  uartsSleep();
#if CONFIG_ULP_COPROC_ENABLED
  /* What a core that may end the sleep has asked for while the chip was awake is forgotten (sleep_modes.c). */
  if ((sources & BIT(ESP_SLEEP_WAKEUP_ULP)) != 0) ulpTakeWake();
#endif
  const uint32_t calibration = rtcTimeSleep();
  wakeAtCycle = (sources & BIT(ESP_SLEEP_WAKEUP_TIMER)) != 0
                    ? rtc_time_get() + rtc_time_us_to_slowclk(timerMicroseconds, calibration)
                    : NEVER;
}

/* Deep sleep holds the pins as they are; the registers of those outside the low-power domain are lost. */
void esp_deep_sleep_start(void) {
  begin(DEEP);
  padsSleep(hasLowPowerDomain);
#if CONFIG_ULP_COPROC_ENABLED
  ulpSleep();
#endif
  announce();
  cpuAbandon();
}

esp_err_t esp_light_sleep_start(void) {
  begin(LIGHT);
  /* The simulated board lets go of everything in any sleep. */
  padsForget();
  uartsForget();
  if (causesNow() != 0) {
    kind = AWAKE;
    return ESP_ERR_SLEEP_REJECT;
  }
  announce();
  while (kind == LIGHT) cpuWait();
  return ESP_OK;
}

/* The sources are those of the sleep before, with the time that the stub has set. */
void esp_wake_stub_sleep(esp_deep_sleep_wake_stub_fn_t function) {
  stub = function;
  kind = DEEP;
  announce();
  cpuAbandon();
}

void rtc_timer_ll_set_wakeup_time(uint32_t timer, uint64_t cycle) {
  (void)timer;
  wakeAtCycle = cycle;
}

#if SOC_RTCIO_PIN_COUNT > 0
void rtc_cntl_ll_ext1_clear_wakeup_status(void) {}

/* EXT1 has a level for all its pins. */
void rtc_cntl_ll_ext1_set_wakeup_pins(uint32_t mask, int level) {
  for (int number = 0; number < SOC_RTCIO_PIN_COUNT; number++)
    if ((mask >> number & 1) != 0) rtcio_ll_ext0_set_wakeup_pin(number, level);
}
#else
int gpio_ll_get_level(gpio_dev_t *device, uint32_t gpio) {
  (void)device;
  return padRead((int)gpio);
}

void gpio_ll_input_enable(gpio_dev_t *device, uint32_t gpio) {
  (void)device;
  padAt((int)gpio)->isInput = 1;
}

void gpio_ll_wakeup_enable_on_hp_periph_powerdown_sleep(gpio_dev_t *device, uint32_t gpio, gpio_int_type_t level) {
  (void)device;
  padAt((int)gpio)->wakeLevel = level;
}

void rtc_cntl_ll_gpio_clear_wakeup_status(void) {}
#endif
