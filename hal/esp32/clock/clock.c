#include "../event/event.h"
#include "modTimer.h"
#include "../low-power/retained.h"
#include "../low-power/slow-clock.h"
#include "xsHost.h"
#include "xsmc.h"

struct chipTimer {
  xsMachine *the;
  xsSlot object;
  xsSlot *callback;
  modTimer timer;
};

void xs_tally_clock_ticks(xsMachine *the) { xsmcSetNumber(xsResult, (double)(slowClockMicroseconds() / 1000)); }

void xs_tally_clock_epochOffset(xsMachine *the) {
  const uint32_t *words = retainedMemory()->epochOffset;
  xsmcSetNumber(xsResult, (double)(int64_t)((uint64_t)words[1] << 32 | words[0]));
}

void xs_tally_clock_trust(xsMachine *the) { xsmcSetInteger(xsResult, (int)retainedMemory()->timeTrust); }

void xs_tally_clock_setEpochOffset(xsMachine *the) {
  struct retained *retained = retainedMemory();
  const uint64_t offset = (uint64_t)(int64_t)xsmcToNumber(xsArg(0));
  retained->epochOffset[0] = (uint32_t)offset;
  retained->epochOffset[1] = (uint32_t)(offset >> 32);
  retained->timeTrust = (uint32_t)xsmcToInteger(xsArg(1));
}

void xs_tally_clock_destructor(void *data) {
  struct chipTimer *timer = data;
  if (timer == NULL) return;
  modTimerRemove(timer->timer);
  c_free(timer);
}

static void markTimer(xsMachine *the, void *data, xsMarkRoot markRoot) {
  (*markRoot)(the, ((struct chipTimer *)data)->callback);
}

static const xsHostHooks timerHooks ICACHE_RODATA_ATTR = {xs_tally_clock_destructor, markTimer, NULL};

static void forget(struct chipTimer *timer) {
  xsMachine *the = timer->the;
  xsForget(timer->object);
  xsmcSetHostData(timer->object, NULL);
  xs_tally_clock_destructor(timer);
}

static void fire(modTimer unused, void *reference, int referenceSize) {
  (void)unused;
  (void)referenceSize;
  struct chipTimer *timer = *(struct chipTimer **)reference;
  xsMachine *the = timer->the;
  eventCall(the, timer->callback);
  forget(timer);
  eventDeliver(the);
}

void xs_tally_clock_start(xsMachine *the) {
  struct chipTimer *timer = c_malloc(sizeof *timer);
  if (timer == NULL) xsUnknownError("no memory for a timer");
  timer->the = the;
  timer->object = xsThis;
  timer->callback = xsmcToReference(xsArg(0));
  timer->timer = modTimerAdd(xsmcToInteger(xsArg(1)), 0, fire, &timer, sizeof timer);
  if (timer->timer == NULL) {
    c_free(timer);
    xsUnknownError("no memory for a timer");
  }
  xsmcSetHostData(xsThis, timer);
  xsSetHostHooks(xsThis, (xsHostHooks *)&timerHooks);
  xsRemember(timer->object);
}

void xs_tally_clock_stop(xsMachine *the) {
  struct chipTimer *timer = xsmcGetHostDataValidate(xsThis, (void *)&timerHooks);
  if (timer != NULL) forget(timer);
}
