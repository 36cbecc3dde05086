#include "ulp-core.h"

#include <string.h>

#include "device.h"
#include "refusals.h"
#include "pads.h"
#include "low-power-program.h"
#include "sdkconfig.h"

#if CONFIG_ULP_COPROC_ENABLED

static int hasAskedToWake;
static double pollAtSleepMicroseconds;

/* What lies in the memory of the core: made by firmware-memory.ld of the program's variables. */
extern uint8_t __start_program_memory[];
extern uint8_t __stop_program_memory[];
#define MEMORY_BYTES ((size_t)(__stop_program_memory - __start_program_memory))

static void checkLines(void) {
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++) {
    if (!GPIO_IS_VALID_GPIO(gpio) || !programHasLine(gpio)) continue;
    if (padAt(gpio)->hasPullUp || padAt(gpio)->isInput) fault("GPIO %d takes current between polls", gpio);
  }
}

static void poll(void) {
  programPoll();
  checkLines();
}

static struct poller poller = {.poll = poll, .skip = programSkip};

struct poller *ulpPoller(void) { return &poller; }

esp_err_t ulpLoad(const uint8_t *program, size_t byteLength) {
  if (isRefused(__func__)) return ESP_FAIL;
  if (program == NULL) return ESP_ERR_INVALID_ARG;
  if (byteLength > CONFIG_ULP_COPROC_RESERVE_MEM) return ESP_ERR_INVALID_SIZE;
  ulpStop();
  memset(__start_program_memory, 0, MEMORY_BYTES);
  return ESP_OK;
}

void ulpStart(uint32_t periodMicroseconds) { pollerStart(&poller, periodMicroseconds); }

void ulpStop(void) { pollerStop(&poller); }

void ulpPowerOn(void) {
  ulpStop();
  hasAskedToWake = 0;
  memset(__start_program_memory, 0xa5, MEMORY_BYTES);
}

void ulpSleep(void) { pollAtSleepMicroseconds = poller.nextMicroseconds; }

void ulpStartAfterSleep(void) {
  if (poller.nextMicroseconds == pollAtSleepMicroseconds) pollerHurry(&poller);
}

int ulpTakeWake(void) {
  const int hasAsked = hasAskedToWake;
  hasAskedToWake = 0;
  return hasAsked;
}

void ulpWake(void) { hasAskedToWake = 1; }

void ulpEnableInput(int gpio, int isOn) {
  if (!padAt(gpio)->isLowPower) fault("GPIO %d is not the low-power domain's", gpio);
  padAt(gpio)->isInput = isOn;
}

void ulpEnablePullUp(int gpio, int isOn) { padPullUp(gpio, isOn); }

uint32_t ulpLevel(int gpio) { return (uint32_t)padRead(gpio); }

#endif
