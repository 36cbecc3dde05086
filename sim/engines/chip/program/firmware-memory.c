#include "firmware-memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"

/* Sections of firmware-memory.ld. */
extern uint8_t __start_firmware_memory[];
extern uint8_t __stop_firmware_memory[];
extern uint8_t __start_rtc_memory[];
extern uint8_t __stop_rtc_memory[];

static uint8_t *firstFirmware;
static uint8_t *firstRtc;

static uint8_t *copyOf(const uint8_t *start, const uint8_t *stop) {
  uint8_t *const copy = malloc((size_t)(stop - start) + 1);
  if (!copy) fail("no memory for the firmware's variables");
  memcpy(copy, start, (size_t)(stop - start));
  return copy;
}

void firmwareMemoryKeep(void) {
  firstFirmware = copyOf(__start_firmware_memory, __stop_firmware_memory);
  firstRtc = copyOf(__start_rtc_memory, __stop_rtc_memory);
}

void firmwareMemoryReset(int hasSlept) {
  memcpy(__start_firmware_memory, firstFirmware, (size_t)(__stop_firmware_memory - __start_firmware_memory));
  if (!hasSlept) memcpy(__start_rtc_memory, firstRtc, (size_t)(__stop_rtc_memory - __start_rtc_memory));
}
