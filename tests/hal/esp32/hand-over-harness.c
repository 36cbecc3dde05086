/*
 * The pulse counter of an ESP32-C3 in simulated time, through thousands of sleeps, starts and resets: the production
 * wake stub and timer poll contacts that turn and bounce at random.
 *
 *   hand-over-harness SEED single|dual deep|light START_MILLISECONDS STATE_MILLISECONDS
 *
 * START is how long the chip takes from the stub, or from a reset, to where polling goes on; a state of the contacts
 * lasts from STATE to twice that. Writes the pulses made and counted, forward and reverse, the illegal transitions and
 * the wakes.
 */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "esp-idf-double.h"
#include "pulse-engine.h"
#include "rtc_wake_stub_pulses.h"

#define PULSES 3000
#define EDGES (PULSES * 4 * 5 + 1)
#define PINS 8
#define NEVER UINT64_MAX
/* The slow clock: 150 kHz, and the length of its cycles, 19 bits behind the point. */
#define CYCLES(microseconds) ((microseconds)*3 / 20)
#define CALIBRATION ((20u << RTC_CLK_CAL_FRACT) / 3)

gpio_dev_t GPIO;

static struct retained retained;
static uint64_t seed;
static uint64_t now;
static uint64_t startMicroseconds;

static struct edge {
  uint64_t at;
  int pin;
  int level;
} edges[EDGES];
static int edgeCount;
static int nextEdge;
static int levels[PINS] = {1, 1, 1, 1, 1, 1, 1, 1};

static void (*poll)(void *);
static uint64_t nextPoll;
static int isPolling;

static int wakeLevels[PINS];
static uint64_t alarmAt = NEVER;
static void (*wakeStubFunction)(void);
static jmp_buf started;
static jmp_buf asleep;
static unsigned wakes;

static uint32_t randomBelow(uint32_t limit) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33) % limit;
}

static void settleContacts(void) {
  for (; nextEdge < edgeCount && edges[nextEdge].at <= now; nextEdge++)
    levels[edges[nextEdge].pin] = edges[nextEdge].level;
}

static void pass(uint64_t microseconds) {
  const uint64_t end = now + microseconds;
  while (isPolling && nextPoll <= end) {
    now = nextPoll;
    settleContacts();
    poll(NULL);
    nextPoll += PULSE_POLL_MICROSECONDS;
  }
  now = end;
  settleContacts();
}

/* A contact changes, bouncing for less than 1 ms. */
static void addChange(uint64_t at, int pin, int level) {
  const uint32_t bounces = randomBelow(3);
  for (uint32_t bounce = 0; bounce < bounces; bounce++) {
    edges[edgeCount++] = (struct edge){at, pin, level};
    edges[edgeCount++] = (struct edge){at + 50 + randomBelow(150), pin, !level};
    at += 400;
  }
  edges[edgeCount++] = (struct edge){at, pin, level};
}

static uint64_t addTurn(uint64_t at, int isDual, int isReverse, uint32_t stateMicroseconds) {
  static const int order[2][4] = {{1, 2, 1, 2}, {2, 1, 2, 1}};
  for (int step = 0; step < 4; step++) {
    const int pin = order[isReverse][step];
    if (pin == 2 && !isDual) continue;
    addChange(at, pin, step >= 2);
    at += stateMicroseconds + randomBelow(stateMicroseconds);
  }
  return at;
}

static int isAwake(void) {
  for (int pin = 0; pin < PINS; pin++)
    if (wakeLevels[pin] == (levels[pin] ? GPIO_INTR_HIGH_LEVEL : GPIO_INTR_LOW_LEVEL)) return 1;
  return now >= alarmAt;
}

static void sleepOn(void) {
  while (!isAwake()) {
    const uint64_t change = nextEdge < edgeCount ? edges[nextEdge].at : NEVER;
    now = change < alarmAt ? change : alarmAt;
    settleContacts();
  }
}

struct retained *retainedMemory(void) { return &retained; }

/* Nothing in here makes the memory unreadable. */
void retainedForget(void) { abort(); }

esp_err_t esp_timer_create(const esp_timer_create_args_t *arguments, esp_timer_handle_t *timer) {
  poll = arguments->callback;
  *timer = &poll;
  return ESP_OK;
}

esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t periodMicroseconds) {
  (void)timer;
  if (isPolling) abort();
  isPolling = 1;
  nextPoll = now + periodMicroseconds;
  return ESP_OK;
}

esp_err_t esp_timer_stop(esp_timer_handle_t timer) {
  (void)timer;
  isPolling = 0;
  return ESP_OK;
}

esp_err_t gpio_config(const gpio_config_t *config) { return config->mode == GPIO_MODE_INPUT ? ESP_OK : 1; }

esp_err_t gpio_hold_dis(int gpio) { return gpio < PINS ? ESP_OK : 1; }

esp_err_t gpio_hold_en(int gpio) { return gpio < PINS ? ESP_OK : 1; }

esp_err_t gpio_wakeup_enable(int gpio, int level) {
  wakeLevels[gpio] = level;
  return ESP_OK;
}

esp_err_t gpio_wakeup_disable(int gpio) { return gpio_wakeup_enable(gpio, 0); }

int gpio_ll_get_level(gpio_dev_t *device, int gpio) {
  (void)device;
  return levels[gpio];
}

void gpio_ll_input_enable(gpio_dev_t *device, uint32_t gpio) {
  (void)device;
  if (gpio >= PINS) abort();
}

void gpio_ll_wakeup_enable_on_hp_periph_powerdown_sleep(gpio_dev_t *device, uint32_t gpio, int level) {
  (void)device;
  gpio_wakeup_enable((int)gpio, level);
}

void rtc_cntl_ll_gpio_clear_wakeup_status(void) {}

uint64_t rtc_time_get(void) { return CYCLES(now); }

uint64_t rtc_timer_ll_get_cycle_count(int timer) { return timer == 0 ? CYCLES(now) : 0; }

void rtc_timer_ll_set_wakeup_time(int timer, uint64_t cycle) {
  (void)timer;
  alarmAt = (cycle * 20 + 2) / 3;
}

uint32_t esp_clk_slowclk_cal_get(void) { return CALIBRATION; }

uint64_t rtc_time_us_to_slowclk(uint64_t microseconds, uint32_t calibration) {
  return (microseconds << RTC_CLK_CAL_FRACT) / calibration;
}

void esp_rom_delay_us(uint32_t microseconds) { pass(microseconds); }

esp_err_t esp_sleep_enable_gpio_wakeup(void) { return ESP_OK; }

esp_err_t esp_sleep_enable_gpio_wakeup_on_hp_periph_powerdown(uint64_t gpioMask, int mode) {
  const int level = mode == ESP_GPIO_WAKEUP_GPIO_HIGH ? GPIO_INTR_HIGH_LEVEL : GPIO_INTR_LOW_LEVEL;
  for (int pin = 0; pin < PINS; pin++)
    if ((gpioMask >> pin & 1) != 0) wakeLevels[pin] = level;
  return ESP_OK;
}

esp_err_t esp_sleep_enable_timer_wakeup(uint64_t microseconds) {
  alarmAt = now + microseconds;
  return ESP_OK;
}

esp_err_t esp_sleep_disable_wakeup_source(int source) {
  (void)source;
  alarmAt = NEVER;
  return ESP_OK;
}

void esp_set_deep_sleep_wake_stub(void (*stub)(void)) { wakeStubFunction = stub; }

void esp_default_wake_deep_sleep(void) {}

void esp_wake_stub_sleep(void (*stub)(void)) {
  wakeStubFunction = stub;
  longjmp(asleep, 1);
}

/* From the wake-up to the stub: 2.7 ms by ESP-IDF's deep-sleep-stub.rst, up to 12.7 ms by its example's log. */
void esp_deep_sleep_start(void) {
  setjmp(asleep);
  sleepOn();
  pass(2657 + randomBelow(10000));
  wakeStubFunction();
  longjmp(started, 1);
}

esp_err_t esp_light_sleep_start(void) {
  sleepOn();
  pass(500);
  return ESP_OK;
}

/* One run of the application; does not return when it ends in deep sleep or a reset. */
static void runOnce(int isDual, int isLight) {
  const struct pulseLines lines = {.contactA = 1, .contactB = isDual ? 2 : -1, .cableLoop = -1};
  const struct pulseDecoderOptions options = {
      .sensor = isDual ? PULSE_SENSOR_DUAL_REED : PULSE_SENSOR_SINGLE_REED,
      .debouncePolls = 2,
      .magnetPolls = 3000,
      .oneSidedPulses = PULSE_ONE_SIDED_PULSES,
  };
  wakes++;
  pass(20000 + randomBelow(30000));
  if (!pulseEngineConfigure(&lines, &options)) abort();
  pass(randomBelow(50000));
  if (randomBelow(20) == 0) pass(randomBelow(5000000));
  if (randomBelow(30) == 0) longjmp(started, 1);
  const struct sleepPlan plan = {
      .untilMicroseconds = now + randomBelow(8000000),
      .afterPulses = randomBelow(4) == 0 ? 0 : randomBelow(12),
      .serviceButton = -1,
      .isLight = isLight,
  };
  if (pulseEngineSleep(&plan) == WAKE_OTHER) abort();
}

int main(int count, char **arguments) {
  if (count != 6) return EXIT_FAILURE;
  seed = strtoull(arguments[1], NULL, 10);
  /* Static, like all that outlives the jumps back to `started`. */
  static int isDual, isLight;
  isDual = strcmp(arguments[2], "dual") == 0;
  isLight = strcmp(arguments[3], "light") == 0;
  startMicroseconds = strtoull(arguments[4], NULL, 10) * 1000;
  const uint32_t stateMicroseconds = (uint32_t)strtoul(arguments[5], NULL, 10) * 1000;
  static unsigned made[2];
  static uint64_t end;
  uint64_t at = 1000000;
  for (int pulse = 0; pulse < PULSES; pulse++) {
    const int isReverse = isDual && randomBelow(8) == 0;
    at = addTurn(at, isDual, isReverse, stateMicroseconds) + randomBelow(randomBelow(10) == 0 ? 20000000 : 200000);
    made[isReverse]++;
  }
  end = at + 5000000;
  retained.lines = (struct pulseLines){.contactA = -1, .contactB = -1, .cableLoop = -1};

  setjmp(started);
  isPolling = 0;
  memset(wakeLevels, 0, sizeof wakeLevels);
  pass(startMicroseconds);
  pulseEngineResume();
  while (now < end) runOnce(isDual, isLight);

  struct pulseReading reading;
  if (!pulseEngineRead(&reading)) return EXIT_FAILURE;
  printf("%u %u %u %u %u %u\n", made[0], made[1], reading.forward, reading.reverse, reading.illegalTransitions, wakes);
  return EXIT_SUCCESS;
}
