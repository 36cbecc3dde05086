/*
 * The pulse counter of an ESP32-C6 in simulated time: the production program of the LP core polls two contacts of a
 * dual reed every 5 ms, while the main core sleeps, is reset, crashes the program and puts updates in its place.
 *
 *   other-core-harness SEED STATE_MILLISECONDS sound|crashing|stalling
 *
 * A state of the contacts lasts from STATE to twice that. A program that is crashing stops and leaves a trace, one that
 * is stalling leaves none.
 * Writes the pulses made and counted, forward and reverse, the illegal transitions, how often the program was loaded,
 * and how many sleeps were to end after so many pulses and did.
 */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "esp-idf-double.h"
#include "pulse-engine.h"
#include "retained.h"

/* The LP core's program as it is, but for the name of its `main`. */
#define main programMain
#include "program.c"
#undef main

#define PULSES 3000
#define PINS 8
#define NEVER UINT64_MAX

uint8_t programImage[4] asm("_binary_pulse_program_bin_start");

static struct retained retained;
static uint64_t seed;
static uint32_t stateMicroseconds;
static int isCrashing;
static int isStalling;
static uint64_t now;
static uint64_t nextPoll;
static uint64_t nextStep;
static uint64_t alarmAt = NEVER;
static int isProgramRunning;
static int hasWoken;
static int resetReason;
static uint32_t causes;
static int levels[PINS] = {1, 1, 1, 1, 1, 1, 1, 1};
static int inputs[PINS];
static unsigned made[2];
static unsigned loads;
static unsigned pulseWakes;
static jmp_buf started;

static uint32_t randomBelow(uint32_t limit) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33) % limit;
}

/* The wheel: one state of the two contacts after the other. */
static void turnOn(void) {
  static int phase, isReverse;
  static const int pins[2][4] = {{1, 2, 1, 2}, {2, 1, 2, 1}};
  if (phase == 0) isReverse = randomBelow(8) == 0;
  levels[pins[isReverse][phase]] = phase >= 2;
  phase = (phase + 1) % 4;
  if (phase == 0) made[isReverse]++;
  nextStep = now + stateMicroseconds + randomBelow(stateMicroseconds);
  if (phase == 0 && made[0] + made[1] == PULSES) nextStep = NEVER;
}

static void pass(uint64_t microseconds) {
  const uint64_t end = now + microseconds;
  while (nextStep <= end || nextPoll <= end) {
    if (nextStep <= nextPoll) {
      now = nextStep;
      turnOn();
      continue;
    }
    now = nextPoll;
    nextPoll += PULSE_POLL_MICROSECONDS;
    if (isProgramRunning) programMain();
  }
  now = end;
}

struct retained *retainedMemory(void) { return &retained; }

/* Nothing in here makes the memory unreadable. */
void retainedForget(void) { abort(); }

/* As on an ESP32-C6: GPIO 0 to 7 are in the low-power domain, under the same numbers. */
bool rtc_gpio_is_valid_gpio(int gpio) { return gpio >= 0 && gpio < PINS; }

int rtc_io_number_get(int gpio) { return gpio; }

esp_err_t rtc_gpio_init(int gpio) { return gpio < PINS ? ESP_OK : 1; }

esp_err_t rtc_gpio_set_direction(int gpio, int mode) { return gpio < PINS && mode == 0 ? ESP_OK : 1; }

esp_err_t rtc_gpio_pullup_en(int gpio) { return rtc_gpio_init(gpio); }

esp_err_t rtc_gpio_pullup_dis(int gpio) { return rtc_gpio_init(gpio); }

esp_err_t rtc_gpio_pulldown_dis(int gpio) { return rtc_gpio_init(gpio); }

uint32_t rtc_gpio_get_level(int gpio) { return (uint32_t)levels[gpio]; }

void ulp_lp_core_gpio_input_enable(lp_io_num_t pin) { inputs[pin] = 1; }

void ulp_lp_core_gpio_input_disable(lp_io_num_t pin) { inputs[pin] = 0; }

void ulp_lp_core_gpio_pullup_enable(lp_io_num_t pin) { rtc_gpio_init(pin); }

void ulp_lp_core_gpio_pullup_disable(lp_io_num_t pin) { rtc_gpio_init(pin); }

/* A pin whose input is off reads as low. */
uint32_t ulp_lp_core_gpio_get_level(lp_io_num_t pin) { return inputs[pin] ? (uint32_t)levels[pin] : 0; }

void ulp_lp_core_delay_us(uint32_t microseconds) {
  if (microseconds > 100) abort();
}

void ulp_lp_core_wakeup_main_processor(void) { hasWoken = 1; }

esp_err_t ulp_lp_core_load_binary(const uint8_t *program, size_t byteLength) {
  if (program != programImage || byteLength != sizeof programImage || isProgramRunning) abort();
  memset(&station, 0, sizeof station);
  loads++;
  return ESP_OK;
}

esp_err_t ulp_lp_core_run(ulp_lp_core_cfg_t *config) {
  isProgramRunning = config->wakeup_source == ULP_LP_CORE_WAKEUP_SOURCE_LP_TIMER;
  nextPoll = now + config->lp_timer_sleep_duration_us;
  return ESP_OK;
}

void ulp_lp_core_stop(void) { isProgramRunning = 0; }

uint32_t esp_rom_crc32_le(uint32_t crc, const uint8_t *bytes, uint32_t byteLength) {
  for (uint32_t at = 0; at < byteLength; at++) crc = crc * 31 + bytes[at];
  return crc;
}

int esp_reset_reason(void) { return resetReason; }

uint32_t esp_sleep_get_wakeup_causes(void) { return causes; }

/* The slow clock ticks each microsecond. */
uint64_t rtc_time_get(void) { return now; }

uint32_t esp_clk_slowclk_cal_get(void) { return 1u << RTC_CLK_CAL_FRACT; }

void esp_rom_delay_us(uint32_t microseconds) { pass(microseconds); }

esp_err_t esp_sleep_enable_ulp_wakeup(void) { return ESP_OK; }

esp_err_t esp_sleep_enable_ext1_wakeup_io(uint64_t gpioMask, int mode) { return gpioMask != 0 && mode == 0 ? ESP_OK : 1; }

esp_err_t esp_sleep_pd_config(int domain, int option) {
  return domain == ESP_PD_DOMAIN_RTC_PERIPH && option == ESP_PD_OPTION_ON ? ESP_OK : 1;
}

esp_err_t esp_sleep_enable_timer_wakeup(uint64_t microseconds) {
  alarmAt = now + microseconds;
  return ESP_OK;
}

esp_err_t esp_sleep_disable_wakeup_source(int source) {
  (void)source;
  return ESP_OK;
}

static void sleepOn(void) {
  hasWoken = 0;
  while (!hasWoken && now < alarmAt) pass(1000);
}

void esp_deep_sleep_start(void) {
  sleepOn();
  resetReason = ESP_RST_DEEPSLEEP;
  longjmp(started, 1);
}

esp_err_t esp_light_sleep_start(void) {
  sleepOn();
  return ESP_OK;
}

static void restart(void) {
  resetReason = ESP_RST_SW;
  longjmp(started, 1);
}

/* What happens to the program other than that it polls. */
static void disturb(void) {
  const uint32_t chance = randomBelow(40);
  if (chance == 4 && isStalling) isProgramRunning = 0;
  if (chance > 1 && !isCrashing) return;
  switch (chance) {
    case 0:
      programImage[0]++; /* an update brings another one */
      restart();
      break;
    case 1:
      restart();
      break;
    case 2:
      station.decoder.sequence |= 1; /* it stops in the middle of a poll */
      isProgramRunning = 0;
      restart();
      break;
    case 3:
      isProgramRunning = 0; /* its core traps, which wakes the main core */
      causes = BIT(ESP_SLEEP_WAKEUP_COCPU_TRAP_TRIG);
      resetReason = ESP_RST_DEEPSLEEP;
      longjmp(started, 1);
    default:
      break;
  }
}

static uint32_t total(void) {
  struct pulseReading reading;
  if (!pulseEngineRead(&reading)) abort();
  return reading.forward + reading.reverse;
}

static void runOnce(void) {
  const struct pulseLines lines = {.contactA = 1, .contactB = 2, .cableLoop = -1, .isPullUpInternal = 1};
  const struct pulseDecoderOptions options = {PULSE_SENSOR_DUAL_REED, 2, 3000, PULSE_ONE_SIDED_PULSES};
  static uint32_t awaited;
  if (awaited != 0 && retained.wakeReason == WAKE_PULSES) {
    pulseWakes++;
    if (total() - awaited > 1) abort(); /* late by more than a pulse */
  }
  pass(30000 + randomBelow(30000));
  if (!pulseEngineConfigure(&lines, &options)) abort();
  pass(randomBelow(100000));
  awaited = 0;
  disturb();
  const uint32_t pulses = randomBelow(3) == 0 ? 0 : 1 + randomBelow(6);
  if (pulses != 0) awaited = total() + pulses;
  const struct sleepPlan plan = {
      .untilMicroseconds = now + randomBelow(2000000),
      .afterPulses = pulses,
      .serviceButton = -1,
      .isLight = randomBelow(5) == 0,
  };
  retained.wakeReason = pulseEngineSleep(&plan);
}

int main(int count, char **arguments) {
  if (count != 4) return EXIT_FAILURE;
  seed = strtoull(arguments[1], NULL, 10);
  stateMicroseconds = (uint32_t)strtoul(arguments[2], NULL, 10) * 1000;
  isCrashing = strcmp(arguments[3], "crashing") == 0;
  isStalling = strcmp(arguments[3], "stalling") == 0;
  nextPoll = NEVER;
  nextStep = 5000000;
  retained.lines = (struct pulseLines){.contactA = -1, .contactB = -1, .cableLoop = -1};

  setjmp(started);
  pass(60000);
  pulseEngineResume();
  causes = 0;
  while (nextStep != NEVER) runOnce();

  struct pulseReading reading;
  pass(100000);
  if (!pulseEngineRead(&reading)) return EXIT_FAILURE;
  printf("%u %u %u %u %u %u %u\n", made[0], made[1], reading.forward, reading.reverse, reading.illegalTransitions,
         loads, pulseWakes);
  return EXIT_SUCCESS;
}
