#include "modTimer.h"

#include <stdint.h>
#include <string.h>

#include "device.h"
#include "mod-events.h"
#include "mod-loop.h"
#include "refusals.h"
#include "resets.h"

#define MOST_TIMERS 32
#define MOST_REFERENCE_BYTES 64

struct modTimerRecord {
  uint32_t identifier; /* for the board; 0 for a timer that is free */
  uint32_t dueOrder;   /* 0 while its time has not come */
  int isRunning;       /* its callback, that is */
  int isRemoved;
  modTimerCallback callback;
  int referenceBytes;
  uint8_t reference[MOST_REFERENCE_BYTES];
};

static struct modTimerRecord timers[MOST_TIMERS];
static uint32_t lastIdentifier;
static uint32_t lastOrder;

void timersReset(void) {
  memset(timers, 0, sizeof timers);
  lastIdentifier = 0;
  lastOrder = 0;
}

modTimer modTimerAdd(int firstInterval, int secondInterval, modTimerCallback callback, void *reference,
                     int referenceSize) {
  if (secondInterval != 0) fault("a timer that repeats is more than this double has");
  if (isRefused(__func__)) return NULL;
  if (firstInterval < 0 || referenceSize > MOST_REFERENCE_BYTES) fault("a timer with a wrong interval or reference");
  for (struct modTimerRecord *timer = timers; timer < timers + MOST_TIMERS; timer++) {
    if (timer->identifier != 0) continue;
    *timer = (struct modTimerRecord){
        .identifier = ++lastIdentifier, .callback = callback, .referenceBytes = referenceSize};
    memcpy(timer->reference, reference, (size_t)referenceSize);
    device(DEVICE_SET_TIMER, timer->identifier, firstInterval);
    return timer;
  }
  return NULL;
}

void modTimerRemove(modTimer timer) {
  if (timer == NULL || timer->identifier == 0 || timer->isRemoved) fault("a timer is removed that is none");
  timer->isRemoved = 1;
  if (timer->isRunning) return;
  if (timer->dueOrder == 0) device(DEVICE_CLEAR_TIMER, timer->identifier, 0);
  timer->identifier = 0;
}

void modTimerDue(double identifier) {
  for (struct modTimerRecord *timer = timers; timer < timers + MOST_TIMERS; timer++)
    if (timer->identifier != 0 && timer->identifier == identifier) timer->dueOrder = ++lastOrder;
}

static struct modTimerRecord *firstDue(void) {
  struct modTimerRecord *first = NULL;
  for (struct modTimerRecord *timer = timers; timer < timers + MOST_TIMERS; timer++) {
    if (timer->identifier == 0 || timer->dueOrder == 0 || timer->isRunning) continue;
    if (first == NULL || timer->dueOrder < first->dueOrder) first = timer;
  }
  return first;
}

int modTimersAreDue(void) { return firstDue() != NULL; }

void modTimersExecute(void) {
  for (struct modTimerRecord *timer = firstDue(); timer != NULL; timer = firstDue()) {
    timer->isRunning = 1;
    timer->callback(timer, timer->reference, timer->referenceBytes);
    timer->isRunning = 0;
    timer->identifier = 0;
  }
}
