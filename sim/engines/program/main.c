/*
 * The XS program: the meter's application alone in the XS engine, its hardware on the other end of a line.
 */
#include "machine.h"
#include "modules.h"
#include "port.h"
#include "profile.h"
#include "transport.h"

int main(int count, char **arguments) {
  transportOpen();
  machineStart(modulesOpen(count, arguments));
  for (;;) {
    /* Every job has run. */
    const struct reply event = portIdle(machineCosts());
    if (event.event == EVENT_PROFILE) {
      profileTell();
      continue;
    }
    if (event.event == EVENT_WAKE) machineRestart();
    machineDeliver(&event);
  }
}
