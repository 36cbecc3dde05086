#include "event.h"

#include "esp_attr.h"
#include "esp_private/cache_utils.h"
#include "jobs.h"
#include "mc.defines.h"
#include "xsHost.h"

#if !defined(MODDEF_TASK_QUEUEWAIT) || MODDEF_TASK_QUEUEWAIT != 0
#error "manifest: \"defines\": { \"task\": { \"queueWait\": 0 } } is needed"
#endif

static struct eventSource *sources;

void eventSourceAdd(struct eventSource *source) {
  source->isReady = 0;
  source->next = sources;
  sources = source;
}

void eventSourceRemove(struct eventSource *source) {
  for (struct eventSource **link = &sources; *link != NULL; link = &(*link)->next) {
    if (*link != source) continue;
    *link = source->next;
    return;
  }
}

static void deliver(void *the, void *unused, uint8_t *message, uint16_t length) {
  (void)unused;
  (void)message;
  (void)length;
  eventDeliver(the);
}

/*
 * The message may find no room: each round of jobs that `runJobs` runs leaves one behind. Then the event under way,
 * for it is one that filled the queue, delivers the source at its end.
 */
void IRAM_ATTR eventSignal(struct eventSource *source) {
  source->isReady = 1;
  /* The SDK's function lies in flash. */
  if (spi_flash_cache_enabled()) modMessagePostToMachineFromISR(source->the, deliver, NULL);
}

void eventRecall(xsMachine *the) {
  for (const struct eventSource *source = sources; source != NULL; source = source->next) {
    if (!source->isReady) continue;
    modMessagePostToMachine(the, NULL, 0, deliver, NULL);
    return;
  }
}

void eventCall(xsMachine *the, xsSlot *function) {
  runJobs(the);
  xsBeginHost(the);
  xsCallFunction0(xsReference(function), xsGlobal);
  xsEndHost(the);
  runJobs(the);
}

void eventCallWithInteger(xsMachine *the, xsSlot *function, int32_t argument) {
  runJobs(the);
  xsBeginHost(the);
  xsCallFunction1(xsReference(function), xsGlobal, xsInteger(argument));
  xsEndHost(the);
  runJobs(the);
}

void eventDeliver(xsMachine *the) {
  /* From the start again each time: a callback may add and remove sources. */
  struct eventSource *source = sources;
  while (source != NULL) {
    if (!source->isReady) {
      source = source->next;
      continue;
    }
    source->isReady = 0;
    source->deliver(the, source);
    source = sources;
  }
}
