#include "busy-flash.h"

#include <stddef.h>
#include <stdint.h>

#include "device.h"
#include "esp_private/cache_utils.h"

/* Where esp_attr.h puts what is in RAM. */
extern const uint8_t __start_iram_text[] __attribute__((weak));
extern const uint8_t __stop_iram_text[] __attribute__((weak));

static int busy;

void flashSetBusy(int isBusy) { busy = isBusy; }

int flashIsBusy(void) { return busy; }

void flashRequireInRam(const void *function) {
  const uint8_t *const address = function;
  if (busy && (address < __start_iram_text || address >= __stop_iram_text))
    fault("an interrupt calls code in flash while that is being written");
}

bool spi_flash_cache_enabled(void) { return !busy; }
