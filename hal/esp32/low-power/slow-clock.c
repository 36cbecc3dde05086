#include "slow-clock.h"

#include "esp_private/esp_clk.h"
#include "retained.h"
#include "sdkconfig.h"
#include "soc/rtc.h"

/* A shorter sleep is over before it has begun. */
#define SHORTEST_SLEEP_MICROSECONDS 1000u

static uint64_t join(const uint32_t *words) { return (uint64_t)words[1] << 32 | words[0]; }

static void split(uint32_t *words, uint64_t value) {
  words[0] = (uint32_t)value;
  words[1] = (uint32_t)(value >> 32);
}

/* In two parts, for a product of 48 bits and 24 does not fit. */
static uint64_t microsecondsIn(uint64_t cycles, uint32_t calibration) {
  return ((cycles & UINT32_MAX) * calibration >> RTC_CLK_CAL_FRACT) +
         ((cycles >> 32) * calibration << (32 - RTC_CLK_CAL_FRACT));
}

static uint64_t cyclesIn(uint64_t microseconds, uint32_t calibration) {
  const uint64_t whole = microseconds / calibration;
  const uint64_t rest = microseconds % calibration;
  return (whole << RTC_CLK_CAL_FRACT) + ((rest << RTC_CLK_CAL_FRACT) + calibration - 1) / calibration;
}

static uint64_t passedCycles(const struct retained *retained, uint64_t cycle) {
  const uint64_t last = join(retained->clockCycle);
  /* A reset may begin the counter anew and leave the memory alone. */
  return cycle < last ? cycle : cycle - last;
}

static void goBy(uint32_t calibration) {
  struct retained *retained = retainedMemory();
  const uint64_t cycle = rtc_time_get();
  const uint64_t passed = microsecondsIn(passedCycles(retained, cycle), retained->clockCalibration);
  split(retained->clockMicroseconds, join(retained->clockMicroseconds) + passed);
  split(retained->clockCycle, cycle);
  retained->clockCalibration = calibration;
}

void slowClockResume(void) {
  /* The first start measures what was before it, too. */
  if (retainedMemory()->clockCalibration == 0) retainedMemory()->clockCalibration = esp_clk_slowclk_cal_get();
  goBy(esp_clk_slowclk_cal_get());
}

void slowClockCalibrate(void) {
#if CONFIG_RTC_CLK_SRC_INT_RC
  goBy(rtc_clk_cal(CLK_CAL_RTC_SLOW, CONFIG_RTC_CLK_CAL_CYCLES));
#endif
}

uint64_t slowClockMicroseconds(void) {
  const struct retained *retained = retainedMemory();
  const uint64_t passed = passedCycles(retained, rtc_time_get());
  return join(retained->clockMicroseconds) + microsecondsIn(passed, retained->clockCalibration);
}

uint64_t slowClockCycleAt(uint64_t microseconds) {
  const struct retained *retained = retainedMemory();
  const uint64_t soonest = slowClockMicroseconds() + SHORTEST_SLEEP_MICROSECONDS;
  const uint64_t at = microseconds > soonest ? microseconds : soonest;
  return join(retained->clockCycle) + cyclesIn(at - join(retained->clockMicroseconds), retained->clockCalibration);
}

uint64_t slowClockSleep(uint64_t untilCycle) {
#if CONFIG_RTC_CLK_SRC_EXT_CRYS
  /* It takes a crystal for what it is labelled. */
  const uint32_t calibration = (uint32_t)((1000000ull << RTC_CLK_CAL_FRACT) / rtc_clk_slow_freq_get_hz());
#else
  const uint32_t calibration = retainedMemory()->clockCalibration;
#endif
  const uint64_t now = rtc_time_get();
  return microsecondsIn(untilCycle > now ? untilCycle - now : 0, calibration) + 1;
}
