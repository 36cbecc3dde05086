#include "../low-power/pulse-engine.h"
#include "xsmc.h"

#include "xsHost.h"

/* As pulse-input.js reads them. */
_Static_assert(PULSE_MAGNET_PRESENT == 1 && PULSE_ONE_SIDED == 2 && PULSE_WIRE_CUT == 4,
               "pulse-input.js knows these bits");
_Static_assert(PULSE_SENSOR_SINGLE_REED == 0 && PULSE_SENSOR_DUAL_REED == 1, "pulse-input.js numbers sensors so");
_Static_assert(sizeof(struct pulseReading) == 24, "pulse-input.js has room for six words");

static uint32_t pollsIn(uint32_t microseconds) {
  return (microseconds + PULSE_POLL_MICROSECONDS - 1) / PULSE_POLL_MICROSECONDS;
}

void xs_tally_pulse_hasLine(xsMachine *the) {
  xsmcSetBoolean(xsResult, pulseEngineHasLine(xsmcToInteger(xsArg(0)), xsmcToBoolean(xsArg(1))));
}

void xs_tally_pulse_configure(xsMachine *the) {
  const struct pulseDecoderOptions options = {
      .sensor = (uint32_t)xsmcToInteger(xsArg(0)),
      .debouncePolls = pollsIn((uint32_t)xsmcToInteger(xsArg(1)) * 1000) + 1,
      .magnetPolls = pollsIn((uint32_t)xsmcToInteger(xsArg(2)) * 1000000),
      .oneSidedPulses = PULSE_ONE_SIDED_PULSES,
  };
  const struct pulseLines lines = {
      .contactA = xsmcToInteger(xsArg(3)),
      .contactB = xsmcToInteger(xsArg(4)),
      .cableLoop = xsmcToInteger(xsArg(5)),
      .isPullUpInternal = xsmcToBoolean(xsArg(6)) ? 1 : 0,
  };
  xsmcSetBoolean(xsResult, pulseEngineConfigure(&lines, &options));
}

void xs_tally_pulse_read(xsMachine *the) {
  struct pulseReading reading;
  void *words;
  xsUnsignedValue byteLength;
  const int isRead = pulseEngineRead(&reading);
  xsmcGetBufferWritable(xsArg(0), &words, &byteLength);
  if (byteLength != sizeof reading) xsRangeError("a reading has six words");
  if (isRead) c_memcpy(words, &reading, sizeof reading);
  xsmcSetBoolean(xsResult, isRead);
}
