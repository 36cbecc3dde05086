/* The oscillator that the low-power domain counts, and what ESP-IDF makes of it at a start and at a sleep. */
#ifndef TALLY_ESP_RTC_TIME_H
#define TALLY_ESP_RTC_TIME_H

#include <stdint.h>

/* Power came: the counter begins at 0, and nothing is known of its oscillator. */
void rtcTimePowerOn(void);

/* The chip starts: measures the oscillator as its configuration says. */
void rtcTimeStart(void);

/* The chip falls asleep: returns the calibration that the length of the sleep is turned into cycles with. */
uint32_t rtcTimeSleep(void);

/* When the chip's clock shows that the counter has come to `cycle`. */
uint64_t rtcTimeOfCycle(uint64_t cycle);

/* From the next start on the oscillator has another frequency. */
void rtcTimeOscillate(uint32_t hertz);

/* When power comes next, the counter is as after so many seconds with it. */
void rtcTimeBeginAt(uint32_t seconds);

/* The counter begins at 0 again, as after a reset of the low-power domain that leaves its memory alone. */
void rtcTimeRestart(void);

#endif
