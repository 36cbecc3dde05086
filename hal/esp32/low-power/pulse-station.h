/*
 * What the main core and the core that counts share: the LP core of an ESP32-C6 or the ULP-RISC-V of an ESP32-S3. It
 * is a variable of that core's program, `station`, which ESP-IDF's build exports to the main core as `ulp_station`
 * (components/ulp/esp32ulp_mapgen.py).
 */
#ifndef TALLY_PULSE_STATION_H
#define TALLY_PULSE_STATION_H

#include <stdint.h>

#include "../../core/pulse-decoder.h"

/* For the pull-up of some 45 kOhm to charge a line of up to 200 pF. */
#define SETTLE_MICROSECONDS 30u

#define NO_PIN UINT32_MAX

struct pulseStation {
  struct pulseDecoder decoder;
  struct pulseDecoderRequest request;
  /* RTC IO numbers, NO_PIN for a line that the board has not got. */
  volatile uint32_t contactA;
  volatile uint32_t contactB;
  volatile uint32_t cableLoop;
  volatile uint32_t isPullUpInternal;
  /* Wakes the main core while the total has reached the mark. */
  volatile uint32_t hasMark;
  volatile uint32_t mark;
  /* The program's sign of life. */
  volatile uint32_t polls;
};

/* One poll of the core that counts. Returns whether the main core is to wake. */
static inline int pulseStationPoll(struct pulseStation *station, uint32_t contacts) {
  struct pulseDecoder *decoder = &station->decoder;
  if (!pulseDecoderIsMarked(decoder->layout)) {
    const struct pulseDecoderOptions options = {
        .sensor = station->request.options.sensor,
        .debouncePolls = station->request.options.debouncePolls,
        .magnetPolls = station->request.options.magnetPolls,
        .oneSidedPulses = station->request.options.oneSidedPulses,
    };
    pulseDecoderStart(decoder, &options, contacts);
  }
  /* Bits that flip years apart must not add up. */
  if (decoder->layout != PULSE_DECODER_LAYOUT) decoder->layout = PULSE_DECODER_LAYOUT;
  pulseDecoderAdopt(decoder, &station->request);
  pulseDecoderPoll(decoder, contacts);
  station->polls = station->polls + 1;
  return station->hasMark != 0 && pulseDecoderHasReached(decoder, station->mark);
}

#endif
