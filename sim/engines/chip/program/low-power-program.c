/* The program of the low-power core, as the process runs it: its `main` is one poll. */
#include "sdkconfig.h"

#if CONFIG_ULP_COPROC_ENABLED

#define main programMain
#include "low-power/program.c"
#undef main

#include "low-power-program.h"

void programPoll(void) { programMain(); }

/*
 * While every line is as it was debounced, a poll only counts itself and how long both contacts have been closed, which
 * `pulseDecoderAdvance` does for many at once; tests/hal/core hold it against single polls.
 */
uint64_t programSkip(uint64_t polls) {
  const uint32_t *differing = station.decoder.differingPolls;
  if (station.request.number != station.decoder.adopted || !pulseDecoderIsMarked(station.decoder.layout)) return 0;
  if (differing[0] != 0 || differing[1] != 0 || differing[2] != 0) return 0;
  const uint32_t skipped = polls < UINT32_MAX ? (uint32_t)polls : UINT32_MAX;
  pulseDecoderAdvance(&station.decoder, station.decoder.contacts, skipped);
  station.polls = station.polls + skipped;
  return skipped;
}

void programStopWriting(void) {
  station.decoder.sequence = station.decoder.sequence | 1;
  station.decoder.forward = station.decoder.forward + 1;
}

int programHasLine(int gpio) {
  const uint32_t pin = (uint32_t)gpio;
  return station.contactA == pin || station.contactB == pin || station.cableLoop == pin;
}

#endif
