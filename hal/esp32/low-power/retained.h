/*
 * The low-power memory that keeps its content in deep sleep, over resets and across updates, and loses it with the
 * supply.
 *
 * It lies in RTC FAST memory where the bootloader reserves space at one address for every image
 * (CONFIG_BOOTLOADER_CUSTOM_RESERVE_RTC in components/bootloader/Kconfig.projbuild); a variable marked
 * RTC_NOINIT_ATTR may move with each build. The bootloader clears it when its own checksum there is wrong, that is
 * when power came (components/bootloader_support/src/bootloader_common_loader.c). Sources here and in the files
 * beside this one are of ESP-IDF 6.0.
 */
#ifndef TALLY_RETAINED_H
#define TALLY_RETAINED_H

#include <stdint.h>

#include "../../core/pulse-decoder.h"
#include "pulse-engine.h"

/* Changes with the meaning of any word in `struct retained`. */
#define RETAINED_LAYOUT 0x54520006u

/* As in the simulator: `retainedByteLength` of sim/chip/boundary/port.ts. */
#define RETAINED_FIRMWARE_BYTES 768

#define FAILURE_MODULE_BYTES 48
#define FAILURE_REASON_BYTES 100

/* NUL-terminated ASCII; an empty `reason` means that there was no failure. */
struct failureNote {
  char module[FAILURE_MODULE_BYTES];
  char reason[FAILURE_REASON_BYTES];
};

/* Words only, so that the 4-byte alignment that the bootloader gives it is enough. */
struct retained {
  uint32_t layout;
  uint32_t wakeReason;      /* enum wakeReason: what ended the last deep sleep */
  uint32_t timeTrust;       /* index into the clock's list */
  uint32_t epochOffset[2];  /* wall time minus ticks, in ms, low word first */
  uint32_t isRestartWanted; /* the next software reset is no failure */
  uint32_t failedRuns;      /* in a row */
  uint32_t hasRested;       /* the next run is to be tried, though the one before it has failed */
  /* Of slow-clock.c: what the clock showed at a cycle, and the length of those since. */
  uint32_t clockCycle[2];
  uint32_t clockMicroseconds[2];
  uint32_t clockCalibration; /* 0 before the first start */
  struct failureNote failure;
  struct pulseLines lines; /* nothing has been counted yet while contact A is -1 */
  /* Where a wake stub counts: the decoder, what it was last given, and when, in cycles of the slow clock. */
  struct pulseDecoder decoder;
  uint32_t contacts;
  uint32_t pollCycle[2];
  /* Where another core counts: which program that is, where it keeps its decoder, and its polls when sleep began. */
  uint32_t programChecksum;
  uint32_t station;
  uint32_t polls;
  uint8_t firmware[RETAINED_FIRMWARE_BYTES];
};

struct retained *retainedMemory(void);

/* True when this start found nothing to keep: power came, or the memory was damaged. Pulses count from 0 then. */
int retainedIsFresh(void);

/* As if power had come. For a decoder that an update or damage has made unreadable. */
void retainedForget(void);

#endif
