/* ESP32-C6 and ESP32-S3: a core of the low-power domain polls, whatever the main core does. */
#include <string.h>

#include "driver/rtc_io.h"
#include "esp_bit_defs.h"
#include "esp_rom_crc.h"
#include "esp_rom_sys.h"
#include "esp_sleep.h"
#include "esp_system.h"
#include "pulse-engine.h"
#include "pulse-station.h"
#include "pulse_program.h"
#include "retained.h"
#include "sdkconfig.h"
#include "slow-clock.h"

#if CONFIG_ULP_COPROC_TYPE_LP_CORE
#include "ulp_lp_core.h"
#elif CONFIG_ULP_COPROC_TYPE_RISCV
#include "ulp_riscv.h"
#else
#error "sdkconfig: CONFIG_ULP_COPROC_ENABLED=y with CONFIG_ULP_COPROC_TYPE_LP_CORE or _RISCV is needed"
#endif

#define STARTING_POLLS 3

extern const uint8_t programStart[] asm("_binary_pulse_program_bin_start");
extern const uint8_t programEnd[] asm("_binary_pulse_program_bin_end");

#define PROGRAM_BYTES ((size_t)(programEnd - programStart))

static struct pulseStation *station(void) { return (struct pulseStation *)ulp_station; }

static int isCounting(void) { return retainedMemory()->lines.contactA >= 0; }

static int isMarkReached(void) {
  return station()->hasMark != 0 && pulseDecoderHasReached(&station()->decoder, station()->mark);
}

static uint32_t programChecksum(void) { return esp_rom_crc32_le(0, programStart, PROGRAM_BYTES); }

int pulseEngineHasLine(int32_t gpio, int isPullUpInternal) {
  (void)isPullUpInternal; /* all of them have one */
  return rtc_gpio_is_valid_gpio(gpio);
}

int pulseEngineHasButton(int32_t gpio, const struct pulseLines *lines) {
  (void)lines;
  return rtc_gpio_is_valid_gpio(gpio);
}

#if CONFIG_ULP_COPROC_TYPE_LP_CORE
static void stopProgram(void) { ulp_lp_core_stop(); }

static int runProgram(void) {
  ulp_lp_core_cfg_t timed = {
      .wakeup_source = ULP_LP_CORE_WAKEUP_SOURCE_LP_TIMER,
      .lp_timer_sleep_duration_us = PULSE_POLL_MICROSECONDS,
  };
  return ulp_lp_core_run(&timed) == ESP_OK;
}

static int loadProgram(void) { return ulp_lp_core_load_binary(programStart, PROGRAM_BYTES) == ESP_OK; }
#else
static void stopProgram(void) {
  ulp_riscv_timer_stop();
  ulp_riscv_halt();
}

static int runProgram(void) {
  return ulp_set_wakeup_period(0, PULSE_POLL_MICROSECONDS) == ESP_OK && ulp_riscv_run() == ESP_OK;
}

static int loadProgram(void) { return ulp_riscv_load_binary(programStart, PROGRAM_BYTES) == ESP_OK; }
#endif

static uint32_t pinOf(int32_t gpio) { return gpio < 0 ? NO_PIN : (uint32_t)rtc_io_number_get(gpio); }

static void openLine(int32_t gpio) {
  if (gpio < 0) return;
  rtc_gpio_init(gpio);
  rtc_gpio_set_direction(gpio, RTC_GPIO_MODE_INPUT_ONLY);
  rtc_gpio_pullup_dis(gpio);
  rtc_gpio_pulldown_dis(gpio);
}

static void setLines(void) {
  const struct pulseLines *lines = &retainedMemory()->lines;
  openLine(lines->contactA);
  openLine(lines->contactB);
  openLine(lines->cableLoop);
  station()->contactA = pinOf(lines->contactA);
  station()->contactB = pinOf(lines->contactB);
  station()->cableLoop = pinOf(lines->cableLoop);
  station()->isPullUpInternal = lines->isPullUpInternal;
}

/* Loads the program; what the one before it has counted, in this or another image, is carried over. */
static int startProgram(const struct pulseDecoderOptions *options) {
  struct retained *retained = retainedMemory();
  struct pulseDecoder kept = {0};
  stopProgram();
  if (retained->station != 0) kept = ((struct pulseStation *)(uintptr_t)retained->station)->decoder;
  if (!loadProgram()) return 0;
  if (pulseDecoderResume(&kept)) {
    if (options != NULL) pulseDecoderConfigure(&kept, options);
    station()->decoder = kept;
    station()->request.number = kept.adopted;
  } else if (options != NULL) {
    station()->request.options = *options;
  } else {
    return 0;
  }
  setLines();
  retained->station = (uint32_t)(uintptr_t)station();
  retained->programChecksum = programChecksum();
  return runProgram();
}

static int restartProgram(void) {
  if (startProgram(NULL)) return 1;
  retainedForget();
  slowClockResume();
  return 0;
}

/* After a deep sleep the polls of that tell; after a reset it takes a wait. */
static int isProgramAlive(int hasSlept) {
  const uint32_t polls = hasSlept ? retainedMemory()->polls : station()->polls;
  if (!hasSlept) esp_rom_delay_us(STARTING_POLLS * PULSE_POLL_MICROSECONDS);
  return station()->polls != polls;
}

void pulseEngineResume(void) {
  struct retained *retained = retainedMemory();
  slowClockResume();
  if (!isCounting()) return;
  const int hasSlept = esp_reset_reason() == ESP_RST_DEEPSLEEP;
  const int hasCrashed = (esp_sleep_get_wakeup_causes() & BIT(ESP_SLEEP_WAKEUP_COCPU_TRAP_TRIG)) != 0;
  if (hasSlept && isMarkReached()) retained->wakeReason = WAKE_PULSES;
  if (retained->programChecksum != programChecksum() || hasCrashed || !isProgramAlive(hasSlept))
    restartProgram();
  else
    station()->hasMark = 0;
}

int pulseEngineConfigure(const struct pulseLines *lines, const struct pulseDecoderOptions *options) {
  struct retained *retained = retainedMemory();
  const int areLinesNew = memcmp(&retained->lines, lines, sizeof *lines) != 0;
  retained->lines = *lines;
  if (areLinesNew) return startProgram(options);
  struct pulseDecoderRequest *request = &station()->request;
  request->options = *options;
  request->number = request->number + 1;
  return 1;
}

int pulseEngineRead(struct pulseReading *reading) {
  if (pulseDecoderRead(&station()->decoder, reading)) return 1;
  /* The program has stopped in the middle of a poll. */
  return restartProgram() && pulseDecoderRead(&station()->decoder, reading);
}

static int enableButton(int32_t gpio) {
  if (gpio < 0) return 0;
  rtc_gpio_init(gpio);
  rtc_gpio_set_direction(gpio, RTC_GPIO_MODE_INPUT_ONLY);
  rtc_gpio_pulldown_dis(gpio);
  rtc_gpio_pullup_en(gpio);
  esp_rom_delay_us(SETTLE_MICROSECONDS);
  if (rtc_gpio_get_level(gpio) == 0) return 0;
  ESP_ERROR_CHECK(esp_sleep_enable_ext1_wakeup_io(BIT64(gpio), ESP_EXT1_WAKEUP_ANY_LOW));
  return 1;
}

static enum wakeReason lightWakeReason(int32_t serviceButton) {
  if (isCounting() && isMarkReached()) return WAKE_PULSES;
  if (serviceButton >= 0 && rtc_gpio_get_level(serviceButton) == 0) return WAKE_SERVICE;
  return WAKE_TIMER;
}

enum wakeReason pulseEngineSleep(const struct sleepPlan *plan) {
  struct retained *retained = retainedMemory();
  const int32_t button = enableButton(plan->serviceButton) ? plan->serviceButton : -1;
  const uint64_t untilCycle = slowClockCycleAt(plan->untilMicroseconds);
  ESP_ERROR_CHECK(esp_sleep_enable_timer_wakeup(slowClockSleep(untilCycle)));
  /* The pins, and on an ESP32-S3 the core that polls them, are in this domain. */
  ESP_ERROR_CHECK(esp_sleep_pd_config(ESP_PD_DOMAIN_RTC_PERIPH, ESP_PD_OPTION_ON));
  if (isCounting()) {
    ESP_ERROR_CHECK(esp_sleep_enable_ulp_wakeup());
    station()->mark = pulseDecoderTotal(&station()->decoder) + plan->afterPulses;
    station()->hasMark = plan->afterPulses != 0;
    retained->polls = station()->polls;
  }
  if (!plan->isLight) {
    retained->wakeReason = WAKE_OTHER;
    esp_deep_sleep_start();
  }
  esp_light_sleep_start();
  slowClockCalibrate();
  const enum wakeReason reason = lightWakeReason(button);
  if (isCounting()) station()->hasMark = 0;
  esp_sleep_disable_wakeup_source(ESP_SLEEP_WAKEUP_ALL);
  return reason;
}
