#include "esp_rtc_time.h"

#include "chip-time.h"
#include "esp-rtc-time.h"
#include "esp_private/esp_clk.h"
#include "hal/rtc_timer_ll.h"
#include "sdkconfig.h"
#include "soc/rtc.h"

#define FRACTION_BITS 19
#define MILLION 1000000u
/* What the slow clock is measured against. */
#define MAIN_CRYSTAL_MEGAHERTZ 40u
/* Kconfig.rtc of ESP-IDF. */
#if CONFIG_RTC_CLK_SRC_EXT_CRYS
#define CYCLES_BY_DEFAULT 3000u
#else
#define CYCLES_BY_DEFAULT 1024u
#endif
#ifdef CONFIG_RTC_CLK_CAL_CYCLES
#define CYCLES_AT_START ((uint32_t)CONFIG_RTC_CLK_CAL_CYCLES)
#else
#define CYCLES_AT_START CYCLES_BY_DEFAULT
#endif
/* sleep_modes.c */
#define CYCLES_AT_SLEEP 10u

/*
 * A crystal is taken to tick each microsecond, exactly. An RC oscillator is some 136 kHz; of this one ten cycles take
 * 2941.5 of the main crystal, so that a measurement of them loses half a cycle of that, as it does on average.
 */
#if CONFIG_RTC_CLK_SRC_EXT_CRYS
#define NOMINAL_HERTZ MILLION
static uint32_t hertz = MILLION;
#else
#define NOMINAL_HERTZ 136000u
static uint32_t hertz = 135985u;
#endif

static uint32_t nextHertz;
static uint32_t secondsAtPowerOn;
/* Cycles and chip's time at which the oscillator took up the frequency that it has. */
static uint64_t firstCycle;
static uint64_t firstMicroseconds;

/* In registers and memory of the low-power domain. */
static uint32_t calibration;
static uint64_t keptMicroseconds;
static uint64_t keptCycle;

void rtcTimePowerOn(void) {
  calibration = 0;
  firstCycle = (uint64_t)secondsAtPowerOn * hertz;
  firstMicroseconds = 0;
}

void rtcTimeOscillate(uint32_t newHertz) { nextHertz = newHertz; }

void rtcTimeBeginAt(uint32_t seconds) { secondsAtPowerOn = seconds; }

void rtcTimeRestart(void) {
  firstCycle = 0;
  firstMicroseconds = chipMicroseconds();
}

static uint64_t cyclesIn(uint64_t microseconds) {
  return microseconds / MILLION * hertz + microseconds % MILLION * hertz / MILLION;
}

void rtcTimeStart(void) {
  if (nextHertz != 0) {
    firstCycle = rtc_time_get();
    firstMicroseconds = chipMicroseconds();
    hertz = nextHertz;
    nextHertz = 0;
  }
  esp_clk_slowclk_cal_set(rtc_clk_cal(CLK_CAL_RTC_SLOW, CYCLES_AT_START));
}

/* A crystal is taken for what it is labelled; another oscillator is measured anew, and that is kept (sleep_modes.c). */
uint32_t rtcTimeSleep(void) {
#if CONFIG_RTC_CLK_SRC_EXT_CRYS
  return (uint32_t)(((uint64_t)MILLION << FRACTION_BITS) / rtc_clk_slow_freq_get_hz());
#else
  esp_clk_slowclk_cal_set(rtc_clk_cal(CLK_CAL_RTC_SLOW, CYCLES_AT_SLEEP));
  return calibration;
#endif
}

uint64_t rtcTimeOfCycle(uint64_t cycle) {
  const uint64_t cycles = cycle > firstCycle ? cycle - firstCycle : 0;
  const uint64_t seconds = cycles / hertz;
  const uint64_t rest = (cycles % hertz * MILLION + hertz - 1) / hertz;
  return firstMicroseconds + seconds * MILLION + rest;
}

/* Counts whole cycles of the main crystal. */
uint32_t rtc_clk_cal(soc_clk_freq_calculation_src_t clock, uint32_t cycles) {
  (void)clock;
#if CONFIG_RTC_CLK_SRC_EXT_CRYS
  /* The crystal ticks some thirty times as often here as one of 32 kHz: a measurement takes as long as of that. */
  cycles *= MILLION / 32768;
#endif
  const uint64_t counted = (uint64_t)cycles * MAIN_CRYSTAL_MEGAHERTZ * MILLION / hertz;
  const uint64_t divider = (uint64_t)cycles * MAIN_CRYSTAL_MEGAHERTZ;
  return (uint32_t)(((counted << FRACTION_BITS) + divider / 2 - 1) / divider);
}

uint32_t rtc_clk_slow_freq_get_hz(void) { return NOMINAL_HERTZ; }

uint32_t esp_clk_slowclk_cal_get(void) { return calibration; }

/* What was counted so far stays as it was told. */
void esp_clk_slowclk_cal_set(uint32_t newCalibration) {
  esp_rtc_get_time_us();
  calibration = newCalibration;
}

uint64_t esp_rtc_get_time_us(void) {
  const uint64_t cycle = rtc_time_get();
  if (calibration == 0) keptMicroseconds = keptCycle = 0;
  keptMicroseconds += rtc_time_slowclk_to_us(cycle - keptCycle, calibration);
  keptCycle = cycle;
  return keptMicroseconds;
}

uint64_t rtc_time_get(void) { return firstCycle + cyclesIn(chipMicroseconds() - firstMicroseconds); }

uint64_t rtc_time_us_to_slowclk(uint64_t microseconds, uint32_t period) {
  return (microseconds << FRACTION_BITS) / period;
}

uint64_t rtc_time_slowclk_to_us(uint64_t cycles, uint32_t period) { return (cycles * period) >> FRACTION_BITS; }

uint64_t rtc_timer_ll_get_cycle_count(uint32_t timer) {
  (void)timer;
  return rtc_time_get();
}
