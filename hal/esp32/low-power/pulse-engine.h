/*
 * What counts pulses, the same to the rest whether that is another core (core-engine.c: ESP32-S3, ESP32-C6) or a wake
 * stub in deep sleep and a timer at other times (stub-engine.c: ESP32, ESP32-C3). It also puts the chip to sleep,
 * because whatever counts in sleep decides when that ends.
 */
#ifndef TALLY_PULSE_ENGINE_H
#define TALLY_PULSE_ENGINE_H

#include <stdint.h>

#include "../../core/pulse-decoder.h"

/* The decoder's header says why. */
#define PULSE_POLL_MICROSECONDS 5000u

enum wakeReason { WAKE_OTHER, WAKE_TIMER, WAKE_PULSES, WAKE_SERVICE };

/* GPIO numbers, -1 for a line that the board has not got. A contact is closed, and the loop whole, while it is low. */
struct pulseLines {
  int32_t contactA;
  int32_t contactB;
  int32_t cableLoop;
  uint32_t isPullUpInternal;
};

struct sleepPlan {
  /* Of slowClockMicroseconds. */
  uint64_t untilMicroseconds;
  /* 0 for never. */
  uint32_t afterPulses;
  /* GPIO number of a button that is low while pressed; -1 for none. One that is pressed already is ignored. */
  int32_t serviceButton;
  int isLight;
};

/* True when the pin can be polled in deep sleep and, if asked for, has a pull-up. */
int pulseEngineHasLine(int32_t gpio, int isPullUpInternal);

/* True when the pin can end a deep sleep beside the lines given. */
int pulseEngineHasButton(int32_t gpio, const struct pulseLines *lines);

/* Counts with these lines and options from now on. Returns 0 when nothing can count. */
int pulseEngineConfigure(const struct pulseLines *lines, const struct pulseDecoderOptions *options);

/* Goes on after a reset or a deep sleep, with the clock: what was counted stays. Called before the application runs. */
void pulseEngineResume(void);

/* Returns 0 when there is no consistent reading, because whatever counts has stopped. */
int pulseEngineRead(struct pulseReading *reading);

/* Returns what ended a light sleep; does not return from a deep one. */
enum wakeReason pulseEngineSleep(const struct sleepPlan *plan);

#endif
