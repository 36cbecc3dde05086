/*
 * How the native modules call back. The design asks that between two events every promise job runs to its end; the
 * SDK's event loop runs one round of jobs per message and due timers in between (xs/platforms/esp/xsHost.c and
 * modules/base/timer/mc/modTimer.c of Moddable 8.2), so it is done here, around each callback.
 */
#ifndef TALLY_EVENT_H
#define TALLY_EVENT_H

#include <stdint.h>

#include "xs.h"

/*
 * Something that happens outside the machine, as the first member of what it belongs to. Signals that come before it
 * is delivered make one event.
 */
struct eventSource {
  struct eventSource *next;
  void (*deliver)(xsMachine *the, struct eventSource *source);
  xsMachine *the;
  volatile uint32_t isReady;
};

/* From the machine's task. */
void eventSourceAdd(struct eventSource *source);
void eventSourceRemove(struct eventSource *source);

/* From an interrupt, also of one that is served while flash is being written. */
void eventSignal(struct eventSource *source);

/* Calls `function` as an event of its own. An error that it throws aborts the machine. */
void eventCall(xsMachine *the, xsSlot *function);
void eventCallWithInteger(xsMachine *the, xsSlot *function, int32_t argument);

/*
 * Has what was signalled in the meantime delivered by a message. For whoever has used flash: while that is out of reach,
 * signals are only noted.
 */
void eventRecall(xsMachine *the);

/* Delivers what has been signalled. For the end of an event that came some other way. */
void eventDeliver(xsMachine *the);

#endif
