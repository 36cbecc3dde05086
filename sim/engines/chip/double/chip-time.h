/*
 * The time of the event that the process is dealing with; it stands still until the next. The chip's own clock may drift
 * from the world's. Polls of contacts, by the low-power core or a timer's interrupt, are made up for up to now before
 * anything else may look at what they found.
 */
#ifndef TALLY_CHIP_TIME_H
#define TALLY_CHIP_TIME_H

#include <stdint.h>

/*
 * Begins an event at `microseconds` of the chip's clock. Where that is a start, the chip has spent `startMicroseconds`
 * of the world's time on it, in which it had no interrupts.
 */
void chipTimeBegin(double microseconds, double startMicroseconds);

/* Of the chip's clock, since power came. */
uint64_t chipMicroseconds(void);

/* Polls that come by themselves, at a steady period of the world's time. */
struct poller {
  void (*poll)(void);
  /* Called in place of up to `polls` polls that find the contacts as the last one did; returns how many that are. */
  uint64_t (*skip)(uint64_t polls);
  uint64_t periodMicroseconds;
  double nextMicroseconds;
  int isRunning;
};

void pollerStart(struct poller *poller, uint64_t periodMicroseconds);
void pollerStop(struct poller *poller);

/* Makes the next poll now instead of in its time. */
void pollerHurry(struct poller *poller);

/* Those that may run: an interrupt of the running chip, and a core that runs always. */
void pollersSet(struct poller *interrupt, struct poller *core);

/* The contacts at the poll under way, or now: bits of hal/core/pulse-decoder.h. */
uint32_t contactsNow(void);

#endif
