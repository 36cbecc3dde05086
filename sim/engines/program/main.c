/*
 * The XS program: the meter's application alone in the XS engine, its hardware on the other end of a line.
 */
#include "failure.h"
#include "machine.h"
#include "modules.h"
#include "port.h"
#include "profile.h"
#include "transport.h"

/* Every job has run: says what that took, waits for the next event. */
static struct reply nextEvent(void) {
  const struct costs costs = machineCosts();
  const struct call idle = {
      .operation = OPERATION_IDLE, .bytes = (const uint8_t *)&costs, .byteLength = sizeof costs};
  const struct reply reply = portCall(&idle);
  if (reply.kind != REPLY_EVENT) fail("kind %d is no event", (int)reply.kind);
  return reply;
}

int main(int count, char **arguments) {
  transportOpen();
  machineStart(modulesOpen(count, arguments));
  for (;;) {
    const struct reply event = nextEvent();
    if (event.event == EVENT_PROFILE) {
      profileTell();
      continue;
    }
    if (event.event == EVENT_WAKE) machineRestart();
    machineDeliver(&event);
  }
}
