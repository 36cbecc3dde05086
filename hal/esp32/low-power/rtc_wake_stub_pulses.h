/*
 * The code that runs in deep sleep on ESP32 and ESP32-C3, and the poll of the running application, which shares it.
 * The linker puts all of a file named rtc_wake_stub* into RTC FAST memory, where it works without flash
 * (docs/en/api-guides/deep-sleep-stub.rst); that is where the underscores come from.
 */
#ifndef TALLY_RTC_WAKE_STUB_PULSES_H
#define TALLY_RTC_WAKE_STUB_PULSES_H

#include <stdint.h>

#include "retained.h"

#define NO_PIN (-1)

/* Pins are numbered as the input register has them: RTC IO numbers on an ESP32, GPIO numbers on an ESP32-C3. */
struct wakeStub {
  struct retained *retained;
  /* Of the slow clock. */
  uint32_t cyclesPerPoll;
  uint64_t untilCycle;
  int32_t contactA;
  int32_t contactB;
  int32_t cableLoop;
  int32_t serviceButton;
  uint32_t hasMark;
  /* The decoder's total at which to wake. */
  uint32_t mark;
};

extern struct wakeStub wakeStub;

/* False for NO_PIN. */
int wakeStubIsLow(int32_t pin);

uint32_t wakeStubContacts(void);

/* One poll; for an interrupt, so that it goes on while flash is being written. */
void wakeStubPoll(void *unused);

/* Tells the decoder that the contacts have kept still since the last poll. */
void wakeStubCatchUp(void);

/* Polls until the contacts have stopped bouncing, for 200 ms at most. */
void wakeStubSettle(void);

/* What there is to wake for; WAKE_OTHER for nothing. */
enum wakeReason wakeStubReason(void);

/* The stub. Returns when the chip is to start, sleeps on otherwise. */
void wakeStubRun(void);

#endif
