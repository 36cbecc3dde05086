/* The SDK's application around the machine (build/devices/esp32/lib/main/main.c), and what the process does in its place. */
#include "application.h"

#include <stdio.h>
#include <string.h>

#include "cpu.h"
#include "device.h"
#include "firmware-memory.h"
#include "low-power/retained.h"
#include "mod-loop.h"
#include "resets.h"
#include "sdk-application.h"
#include "sdk-platform.h"
#include "esp_system.h"
#include "nvs_flash.h"
#include "xsHost.h"

extern void fxRunPromiseJobs(xsMachine *the);

static int isRestartAllowed;

void applicationAllowRestarts(void) { isRestartAllowed = 1; }

void applicationRun(void) {
  ESP_ERROR_CHECK(nvs_flash_init());
  for (;;) {
    xsMachine *const the = machineRun();
    modLoop(the);
    /* For the board to begin another run. */
    cpuWait();
    machineDelete(the);
    messagesReset();
    timersReset();
  }
}

void applicationReset(int hasSlept) { firmwareMemoryReset(hasSlept); }

uint32_t applicationWakeCause(uint32_t otherwise) {
  switch ((enum wakeReason)retainedMemory()->wakeReason) {
    case WAKE_TIMER:
      return 1;
    case WAKE_PULSES:
      return 2;
    case WAKE_SERVICE:
      return 3;
    default:
      return otherwise;
  }
}

void applicationRestarts(void) {
  const struct failureNote *failure = &retainedMemory()->failure;
  if (isRestartAllowed || failure->reason[0] == 0) return;
  char text[sizeof failure->module + sizeof failure->reason + 8];
  snprintf(text, sizeof text, "%s: %s", failure->module, failure->reason);
  deviceText(OPERATION_PANIC, 0, 0, text);
}

static void runJobs(void *the, void *reference, uint8_t *message, uint16_t length) {
  (void)reference, (void)message, (void)length;
  fxRunPromiseJobs(the);
}

void platformPostPromiseJobs(void *machine) { modMessagePostToMachine(machine, NULL, 0, runJobs, NULL); }

void platformExit(void) { esp_restart(); }
