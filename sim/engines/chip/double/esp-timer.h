#ifndef TALLY_ESP_TIMER_POLLER_H
#define TALLY_ESP_TIMER_POLLER_H

#include "chip-time.h"

/* The interrupt of the firmware's timer. */
struct poller *espTimerPoller(void);

/* Timers can be made from here on. */
void espTimersStart(void);

#endif
