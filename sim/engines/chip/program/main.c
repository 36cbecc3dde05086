/*
 * A whole chip: the firmware with all of hal/esp32 and hal/core, in the XS engine and beside it, on a double of the SDK
 * for that chip. Its board is on the other end of the line.
 *
 *   tally-chip <folders of modules, with colons between> <first module> [option...]
 *
 * Options are those of double/wiring.h and double/refusals.h, that of coverage.h, `module:NAME=FILE` for a module that
 * another takes the place of, `collects` of collecting.h, and `restarts` to let the application restart the chip when it has failed.
 */
#include <string.h>

#include "machine.h"

#include "application.h"
#include "chip-start.h"
#include "chip-time.h"
#include "collecting.h"
#include "coverage.h"
#include "cpu.h"
#include "device.h"
#include "disturbances.h"
#include "driver-uart.h"
#include "esp-rom.h"
#include "esp-sleep.h"
#include "esp-system.h"
#include "failure.h"
#include "firmware-memory.h"
#include "mod-events.h"
#include "module-places.h"
#include "modules.h"
#include "pads.h"
#include "pollers.h"
#include "recording.h"
#include "refusals.h"
#include "transport.h"
#include "wiring.h"

static void takeOption(const char *option) {
  if (strcmp(option, "restarts") == 0)
    applicationAllowRestarts();
  else if (!modulePlaceTake(option) && !wiringTake(option) && !refusalTake(option) &&
           !coverageTake(option) && !collectingTake(option))
    fail("unknown option %s", option);
}

static struct reply nextEvent(void) {
  recordingSend();
  return portIdle(machineCosts());
}

static void start(uint32_t cause) {
  if (chipContinues(cause))
    cpuResume();
  else
    systemReset(cause);
  padsPressButton(0);
}

static void deliver(const struct reply *event) {
  chipTimeBegin(event->ticks, event->event == EVENT_WAKE ? event->b : 0);
  switch (event->event) {
    case EVENT_WAKE:
      start((uint32_t)event->a);
      return;
    case EVENT_LOOK:
      padsPressButton(event->a != 0);
      sleepLook();
      return;
    case EVENT_DISTURB:
      disturb((enum disturbance)event->a, (uint32_t)event->b);
      return;
    case EVENT_RESUME:
      romDelayOver();
      break;
    case EVENT_TIMER:
      modTimerDue(event->a);
      break;
    case EVENT_SERIAL_READABLE:
      uartReadable(event->a);
      break;
    case EVENT_SERIAL_ERROR:
      uartError(event->a);
      break;
    case EVENT_DIGITAL_READABLE:
      padsInterrupt(event->a);
      break;
    case EVENT_BROWN_OUT:
      padsFailSupply(1);
      if (wirePin(WIRE_SUPPLY_WARNING) >= 0) padsInterruptAt(wirePin(WIRE_SUPPLY_WARNING));
      break;
  }
  cpuResume();
}

int main(int count, char **arguments) {
  if (count < 3) fail("usage: tally-chip <folders of modules> <first module> [option...]");
  transportOpen();
  for (int index = 3; index < count; index++) takeOption(arguments[index]);
  firmwareMemoryKeep();
  pollersConnect();
  machineStart(modulesOpen(3, arguments));
  for (;;) {
    const struct reply event = nextEvent();
    if (event.event == EVENT_PROFILE) continue;
    if (setjmp(cpuOutside) == 0) deliver(&event);
  }
}
