/* ESP32 and ESP32-C3: a timer's interrupt polls while the application runs, the wake stub while the chip sleeps. */
#include <string.h>

#include "driver/gpio.h"
#include "driver/rtc_io.h"
#include "esp_private/esp_clk.h"
#include "esp_rom_sys.h"
#include "esp_sleep.h"
#include "esp_timer.h"
#include "pulse-engine.h"
#include "rtc_wake_stub_pulses.h"
#include "sdkconfig.h"
#include "slow-clock.h"
#include "soc/rtc.h"
#include "soc/soc_caps.h"

#if !CONFIG_ESP_TIMER_SUPPORTS_ISR_DISPATCH_METHOD || !CONFIG_ESP_TIMER_IN_IRAM
#error "sdkconfig: CONFIG_ESP_TIMER_SUPPORTS_ISR_DISPATCH_METHOD=y and CONFIG_ESP_TIMER_IN_IRAM=y are needed"
#endif
/* Only where the lines wake the chip as plain pins: on the ESP32 they are those of the RTC domain. */
#if SOC_GPIO_SUPPORT_DEEPSLEEP_WAKEUP && CONFIG_ESP_SLEEP_GPIO_ENABLE_INTERNAL_RESISTORS
#error "sdkconfig: CONFIG_ESP_SLEEP_GPIO_ENABLE_INTERNAL_RESISTORS=n is needed, or a closed contact is pulled down in sleep"
#endif

#define HAS_RTC_IO (SOC_RTCIO_PIN_COUNT > 0)
/*
 * ESP-IDF turns the length of a sleep into cycles by a measurement of ten of them, to 340 millionths. What is asked of it
 * is shorter by more than that, and the stub sees to the rest.
 */
#define EARLY_PART 1024u
/* For the pull-up of some 45 kOhm to charge a line: until then an open contact reads as closed. */
#define CHARGING_MICROSECONDS 50u

static esp_timer_handle_t poller;

#if HAS_RTC_IO
int pulseEngineHasLine(int32_t gpio, int isPullUpInternal) {
  /* The pins without output driver, 34 to 39, have no pull-ups (soc_caps.h). */
  return rtc_gpio_is_valid_gpio(gpio) && (!isPullUpInternal || GPIO_IS_VALID_OUTPUT_GPIO(gpio));
}

int pulseEngineHasButton(int32_t gpio, const struct pulseLines *lines) {
  /* EXT0 waits for contact A, EXT1 for contact B or the button: all pins of EXT1 share a level (esp_sleep.h). */
  return rtc_gpio_is_valid_gpio(gpio) && lines->contactB < 0;
}

static int32_t pinOf(int32_t gpio) { return gpio < 0 ? NO_PIN : rtc_io_number_get(gpio); }

static void openLine(int32_t gpio, int hasPullUp) {
  if (gpio < 0) return;
  rtc_gpio_init(gpio);
  rtc_gpio_set_direction(gpio, RTC_GPIO_MODE_INPUT_ONLY);
  if (GPIO_IS_VALID_OUTPUT_GPIO(gpio)) {
    rtc_gpio_pulldown_dis(gpio);
    if (hasPullUp)
      rtc_gpio_pullup_en(gpio);
    else
      rtc_gpio_pullup_dis(gpio);
  }
  rtc_gpio_hold_dis(gpio);
}

static void enableWakeUp(int32_t gpio, int level) {
  if (gpio < 0) return;
  if (gpio == retainedMemory()->lines.contactA)
    ESP_ERROR_CHECK(esp_sleep_enable_ext0_wakeup(gpio, level));
  else
    ESP_ERROR_CHECK(
        esp_sleep_enable_ext1_wakeup_io(BIT64(gpio), level ? ESP_EXT1_WAKEUP_ANY_HIGH : ESP_EXT1_WAKEUP_ALL_LOW));
}

/* The domain of these pins stays on. */
static void keepLine(int32_t gpio) { (void)gpio; }

static void prepareToWake(int isLight) {
  (void)isLight;
  /* Pull-ups and EXT0 work while this domain has power. */
  ESP_ERROR_CHECK(esp_sleep_pd_config(ESP_PD_DOMAIN_RTC_PERIPH, ESP_PD_OPTION_ON));
}

static void forgetWakeUps(void) { esp_sleep_disable_wakeup_source(ESP_SLEEP_WAKEUP_ALL); }
#else
int pulseEngineHasLine(int32_t gpio, int isPullUpInternal) {
  (void)isPullUpInternal;
  return gpio >= 0 && gpio < SOC_GPIO_PIN_COUNT && (SOC_GPIO_HP_PERIPH_PD_SLEEP_WAKEABLE_MASK >> gpio & 1) != 0;
}

int pulseEngineHasButton(int32_t gpio, const struct pulseLines *lines) {
  (void)lines;
  return pulseEngineHasLine(gpio, 1);
}

static int32_t pinOf(int32_t gpio) { return gpio < 0 ? NO_PIN : gpio; }

static void openLine(int32_t gpio, int hasPullUp) {
  if (gpio < 0) return;
  const gpio_config_t input = {
      .pin_bit_mask = BIT64(gpio),
      .mode = GPIO_MODE_INPUT,
      .pull_up_en = hasPullUp ? GPIO_PULLUP_ENABLE : GPIO_PULLUP_DISABLE,
  };
  ESP_ERROR_CHECK(gpio_config(&input));
  /* ESP-IDF holds wake-up pins as they are when deep sleep begins (sleep_modes.c). */
  ESP_ERROR_CHECK(gpio_hold_dis(gpio));
}

static int isLightSleep;

static void enableWakeUp(int32_t gpio, int level) {
  if (gpio < 0) return;
  if (isLightSleep)
    ESP_ERROR_CHECK(gpio_wakeup_enable(gpio, level ? GPIO_INTR_HIGH_LEVEL : GPIO_INTR_LOW_LEVEL));
  else
    ESP_ERROR_CHECK(esp_sleep_enable_gpio_wakeup_on_hp_periph_powerdown(
        BIT64(gpio), level ? ESP_GPIO_WAKEUP_GPIO_HIGH : ESP_GPIO_WAKEUP_GPIO_LOW));
}

/* A pin that wakes nobody is otherwise as after a reset while the stub runs, without its pull-up. */
static void keepLine(int32_t gpio) {
  if (gpio >= 0) ESP_ERROR_CHECK(gpio_hold_en(gpio));
}

static void prepareToWake(int isLight) {
  isLightSleep = isLight;
  if (isLight) ESP_ERROR_CHECK(esp_sleep_enable_gpio_wakeup());
}

static void forgetWakeUps(void) {
  for (int32_t gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++)
    if (pulseEngineHasLine(gpio, 1)) gpio_wakeup_disable(gpio);
  esp_sleep_disable_wakeup_source(ESP_SLEEP_WAKEUP_ALL);
}
#endif

static void openLines(void) {
  const struct pulseLines *lines = &retainedMemory()->lines;
  openLine(lines->contactA, (int)lines->isPullUpInternal);
  openLine(lines->contactB, (int)lines->isPullUpInternal);
  openLine(lines->cableLoop, (int)lines->isPullUpInternal);
  if (lines->isPullUpInternal) esp_rom_delay_us(CHARGING_MICROSECONDS);
  wakeStub.retained = retainedMemory();
  wakeStub.contactA = pinOf(lines->contactA);
  wakeStub.contactB = pinOf(lines->contactB);
  wakeStub.cableLoop = pinOf(lines->cableLoop);
  wakeStub.serviceButton = NO_PIN;
  wakeStub.hasMark = 0;
  wakeStub.cyclesPerPoll = (uint32_t)rtc_time_us_to_slowclk(PULSE_POLL_MICROSECONDS, esp_clk_slowclk_cal_get());
}

static void startPolling(void) {
  /* From an interrupt in RTC memory: a flash erase stops tasks for tens of milliseconds. */
  const esp_timer_create_args_t arguments = {
      .callback = wakeStubPoll,
      .dispatch_method = ESP_TIMER_ISR,
      .name = "pulses",
      .skip_unhandled_events = true,
  };
  if (poller == NULL) ESP_ERROR_CHECK(esp_timer_create(&arguments, &poller));
  ESP_ERROR_CHECK(esp_timer_start_periodic(poller, PULSE_POLL_MICROSECONDS));
}

void pulseEngineResume(void) {
  struct retained *retained = retainedMemory();
  if (retained->lines.contactA >= 0 && !pulseDecoderResume(&retained->decoder)) retainedForget();
  slowClockResume();
  openLines();
  if (retained->lines.contactA < 0) return;
  /* The start of the chip took this long, without anybody looking. */
  wakeStubCatchUp();
  startPolling();
}

int pulseEngineConfigure(const struct pulseLines *lines, const struct pulseDecoderOptions *options) {
  struct retained *retained = retainedMemory();
  const int areLinesNew = memcmp(&retained->lines, lines, sizeof *lines) != 0;
  if (poller != NULL) esp_timer_stop(poller);
  retained->lines = *lines;
  if (areLinesNew) openLines();
  if (pulseDecoderResume(&retained->decoder)) {
    pulseDecoderConfigure(&retained->decoder, options);
  } else {
    pulseDecoderStart(&retained->decoder, options, wakeStubContacts());
  }
  wakeStubPoll(NULL);
  startPolling();
  return 1;
}

int pulseEngineRead(struct pulseReading *reading) {
  return pulseDecoderRead(&retainedMemory()->decoder, reading);
}

/* Each contact waits for the level that it has not got. */
static void enableContacts(void) {
  const struct retained *retained = retainedMemory();
  enableWakeUp(retained->lines.contactA, (retained->contacts & PULSE_CONTACT_A) != 0);
  enableWakeUp(retained->lines.contactB, (retained->contacts & PULSE_CONTACT_B) != 0);
}

static void enableButton(int32_t gpio) {
  wakeStub.serviceButton = NO_PIN;
  if (gpio < 0 || !pulseEngineHasButton(gpio, &retainedMemory()->lines)) return;
  openLine(gpio, pulseEngineHasLine(gpio, 1));
  esp_rom_delay_us(CHARGING_MICROSECONDS);
  if (wakeStubIsLow(pinOf(gpio))) return;
  wakeStub.serviceButton = pinOf(gpio);
  enableWakeUp(gpio, 0);
}

static void enableTimer(void) {
  const uint64_t duration = slowClockSleep(wakeStub.untilCycle);
  ESP_ERROR_CHECK(esp_sleep_enable_timer_wakeup(duration - duration / EARLY_PART));
}

static enum wakeReason sleepLightly(void) {
  enum wakeReason reason = WAKE_OTHER;
  while (reason == WAKE_OTHER) {
    enableContacts();
    enableTimer();
    esp_light_sleep_start(); /* refused when a level is there already: then there is something to poll */
    wakeStubCatchUp();
    wakeStubSettle();
    reason = wakeStubReason();
  }
  slowClockCalibrate();
  forgetWakeUps();
  if (retainedMemory()->lines.contactA >= 0) startPolling();
  return reason;
}

enum wakeReason pulseEngineSleep(const struct sleepPlan *plan) {
  struct retained *retained = retainedMemory();
  if (poller != NULL) esp_timer_stop(poller);
  wakeStub.hasMark = plan->afterPulses != 0;
  wakeStub.mark = pulseDecoderTotal(&retained->decoder) + plan->afterPulses;
  prepareToWake(plan->isLight);
  enableButton(plan->serviceButton);
  wakeStubSettle();
  wakeStub.untilCycle = slowClockCycleAt(plan->untilMicroseconds);
  if (plan->isLight) return sleepLightly();
  enableContacts();
  keepLine(retained->lines.cableLoop);
  enableTimer();
  /* For the case that the stub is not run, because the memory it lies in was damaged. */
  retained->wakeReason = WAKE_TIMER;
  esp_set_deep_sleep_wake_stub(wakeStubRun);
  esp_deep_sleep_start();
}
