/* The SDK's event loop: messages to the machine's task, from the task itself and from interrupts, and timers. */
#include <string.h>

#include "busy-flash.h"
#include "chip-start.h"
#include "cpu.h"
#include "device.h"
#include "mc.defines.h"
#include "mod-loop.h"
#include "resets.h"
#include "xsHost.h"

#ifndef MODDEF_TASK_QUEUELENGTH
#define MODDEF_TASK_QUEUELENGTH 10
#endif

struct message {
  modMessageDeliver deliver;
  void *reference;
};

static struct message queue[MODDEF_TASK_QUEUELENGTH];
static int waiting;
static int isSoftReset;

void messagesReset(void) { waiting = 0; }

static int post(modMessageDeliver deliver, void *reference) {
  if (waiting == MODDEF_TASK_QUEUELENGTH) return -1;
  queue[waiting++] = (struct message){deliver, reference};
  return 0;
}

int modMessagePostToMachine(xsMachine *the, uint8_t *message, uint16_t length, modMessageDeliver deliver,
                            void *reference) {
  (void)the;
  if (message != NULL || length != 0) fault("a message with a content is more than this double has");
  return post(deliver, reference);
}

int modMessagePostToMachineFromISR(xsMachine *the, modMessageDeliver deliver, void *reference) {
  (void)the;
  flashRequireInRam((const void *)modMessagePostToMachineFromISR);
  return post(deliver, reference);
}

void modSoftReset(void) {
  isSoftReset = 1;
  chipStartAgain();
}

/* Those that wait when it begins; at least one, which it waits for. */
static void serve(xsMachine *the) {
  int count = waiting;
  if (count == 0) cpuWait();
  for (; count > 0 && waiting > 0; count--) {
    const struct message message = queue[0];
    memmove(queue, queue + 1, sizeof *queue * (size_t)--waiting);
    message.deliver(the, message.reference, NULL, 0);
  }
}

void modLoop(xsMachine *the) {
  isSoftReset = 0;
  while (!isSoftReset) {
    modTimersExecute();
    if (isSoftReset) return;
    if (waiting == 0 && modTimersAreDue()) continue;
    serve(the);
  }
}
