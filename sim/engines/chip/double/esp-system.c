#include "esp_system.h"

#include <string.h>

#include "application.h"
#include "board-cause.h"
#include "bootloader_common.h"
#include "busy-flash.h"
#include "cpu.h"
#include "device.h"
#include "driver-uart.h"
#include "esp-rtc-time.h"
#include "esp-sleep.h"
#include "esp-system.h"
#include "esp-timer.h"
#include "esp_private/startup_internal.h"
#include "esp_sleep.h"
#include "pads.h"
#include "resets.h"
#include "sdkconfig.h"
#include "ulp-core.h"

#define MOST_SHUTDOWN_HANDLERS 5
#define ESP_TIMER_PRIORITY 100

static esp_reset_reason_t resetReason;
static esp_reset_reason_t nextReason;
static shutdown_handler_t shutdownHandlers[MOST_SHUTDOWN_HANDLERS];
static rtc_retain_mem_t retainedByBootloader;

rtc_retain_mem_t *bootloader_common_get_rtc_retain_mem(void) { return &retainedByBootloader; }

void systemRetainGarbage(uint32_t byte) { memset(retainedByBootloader.custom, (int)byte, sizeof retainedByBootloader.custom); }

/* The layout is the first word. */
void systemRetainOlder(void) { --*(uint32_t *)(void *)retainedByBootloader.custom; }

esp_reset_reason_t esp_reset_reason(void) { return resetReason; }

static esp_reset_reason_t reasonOf(uint32_t boardCause) {
  switch (boardCause) {
    case CAUSE_POWER_ON:
      return ESP_RST_POWERON;
    case CAUSE_BROWN_OUT:
      return ESP_RST_BROWNOUT;
    case CAUSE_WATCHDOG:
      return ESP_RST_TASK_WDT;
    case CAUSE_SOFTWARE:
      return ESP_RST_SW;
    default:
      return ESP_RST_DEEPSLEEP;
  }
}

/* Those of the linker's section, in the order of their priorities. */
extern const struct esp_init_function __start_init_functions[];
extern const struct esp_init_function __stop_init_functions[];

/* Only one core starts. In the first stage, CORE, there is no heap yet, and no flash. */
static int isOfFirstCore(const struct esp_init_function *function) {
  if (strcmp(function->stage, "SECONDARY") != 0) fault("a function of the start is of stage %s", function->stage);
  return (function->cores & BIT(0)) != 0;
}

/* In the order of the stage; what ESP-IDF has at 100 itself is there from then on (system_init_fn.txt). */
static void initialize(void) {
  for (int priority = 0; priority < 1000; priority++) {
    if (priority == ESP_TIMER_PRIORITY) espTimersStart();
    for (const struct esp_init_function *each = __start_init_functions; each < __stop_init_functions; each++)
      if (each->priority == priority && isOfFirstCore(each) && each->function() != ESP_OK)
        fault("a function of the start has failed");
  }
}

static void start(void) {
  initialize();
  applicationRun();
}

void systemResetNextFor(uint32_t reason) { nextReason = (esp_reset_reason_t)reason; }

void systemReset(uint32_t boardCause) {
  cpuStop();
  resetReason = nextReason != ESP_RST_UNKNOWN ? nextReason : reasonOf(boardCause);
  nextReason = ESP_RST_UNKNOWN;
  const int hasSlept = resetReason == ESP_RST_DEEPSLEEP;
  memset(shutdownHandlers, 0, sizeof shutdownHandlers);
  if (resetReason == ESP_RST_POWERON) {
    memset(&retainedByBootloader, 0xa5, sizeof retainedByBootloader);
    padsPowerOn();
    sleepPowerOn();
    rtcTimePowerOn();
#if CONFIG_ULP_COPROC_ENABLED
    ulpPowerOn();
#endif
  }
#if CONFIG_ULP_COPROC_ENABLED
  if (hasSlept) ulpStartAfterSleep();
#endif
  flashSetBusy(0);
  padsReset();
  uartsReset();
  gpioReset();
  builtinReset();
  adcReset();
  randomReset();
  taskWatchdogReset();
  espTimersReset();
  timersReset();
  messagesReset();
  sleepReset(hasSlept);
  applicationReset(hasSlept);
  rtcTimeStart();
  cpuStart(start);
}

esp_err_t esp_register_shutdown_handler(shutdown_handler_t handler) {
  for (int index = 0; index < MOST_SHUTDOWN_HANDLERS; index++) {
    if (shutdownHandlers[index] == handler) return ESP_ERR_INVALID_STATE;
    if (shutdownHandlers[index] != NULL) continue;
    shutdownHandlers[index] = handler;
    return ESP_OK;
  }
  return ESP_ERR_NO_MEM;
}

void esp_restart(void) {
  for (int index = MOST_SHUTDOWN_HANDLERS - 1; index >= 0; index--)
    if (shutdownHandlers[index] != NULL) shutdownHandlers[index]();
  applicationRestarts();
  device(DEVICE_RESTART, 0, 0);
  cpuAbandon();
}

void esp_error_check_failed(esp_err_t error, const char *expression) {
  fault("error %#x of %s stops the chip", (unsigned)error, expression);
}
