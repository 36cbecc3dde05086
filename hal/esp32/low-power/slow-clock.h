/*
 * The time since power came: the cycles that the low-power domain counts, whatever the chip does, each start's by what
 * that start has measured of their length.
 *
 * ESP-IDF's own time will not do. As the chip falls asleep it measures ten cycles more and goes by those from then on
 * (RTC_CLK_SRC_CAL_CYCLES in components/esp_hw_support/sleep_modes.c), whatever CONFIG_RTC_CLK_CAL_CYCLES says: ten
 * cycles of an RC oscillator are 2,900 of the crystal and a broken one, which is steps of 340 millionths and 15 seconds a
 * day too slow. And a sleep would be measured otherwise than its end was set.
 */
#ifndef TALLY_SLOW_CLOCK_H
#define TALLY_SLOW_CLOCK_H

#include <stdint.h>

/*
 * Goes on from where the clock was, or, where nothing is retained, from the time since power came. Before anything asks
 * for the time, and before this start's first sleep.
 */
void slowClockResume(void);

/* After a sleep without a start: measures the oscillator anew, if it is one that follows the temperature. */
void slowClockCalibrate(void);

uint64_t slowClockMicroseconds(void);

/* The first cycle at which the clock shows so much, or the one that comes in a moment where that has been. */
uint64_t slowClockCycleAt(uint64_t microseconds);

/* What to tell ESP-IDF of a sleep that is to last until then: it does not wake the chip before. */
uint64_t slowClockSleep(uint64_t untilCycle);

#endif
