#include "esp_task_wdt.h"

#include <string.h>

#include "cpu.h"
#include "device.h"
#include "resets.h"
#include "sdkconfig.h"

/* The event loop's task is a user of its own, and never sleeps for longer than the watchdog was built for. */
#define MOST_USERS 4

struct esp_task_wdt_user {
  int isAdded;
};

static struct esp_task_wdt_user users[MOST_USERS];
static uint32_t timeoutMilliseconds;

void taskWatchdogReset(void) {
  memset(users, 0, sizeof users);
  timeoutMilliseconds = CONFIG_ESP_TASK_WDT_TIMEOUT_S * 1000;
}

esp_err_t esp_task_wdt_add_user(const char *name, esp_task_wdt_user_handle_t *user) {
  if (name == NULL || user == NULL) return ESP_ERR_INVALID_ARG;
  for (int index = 0; index < MOST_USERS; index++) {
    if (users[index].isAdded) continue;
    users[index].isAdded = 1;
    *user = &users[index];
    return ESP_OK;
  }
  return ESP_ERR_NO_MEM;
}

esp_err_t esp_task_wdt_reconfigure(const esp_task_wdt_config_t *config) {
  if (config == NULL || config->timeout_ms == 0) return ESP_ERR_INVALID_ARG;
  /* The idle task of a core that is busy for as long would restart the chip. */
  if (config->idle_core_mask != 0) fault("the task watchdog would watch idle tasks");
  if (!config->trigger_panic) fault("the task watchdog would not restart the chip");
  timeoutMilliseconds = config->timeout_ms;
  return ESP_OK;
}

esp_err_t esp_task_wdt_reset_user(esp_task_wdt_user_handle_t user) {
  if (user == NULL || !user->isAdded) return ESP_ERR_NOT_FOUND;
  if (!cpuIsInside()) fault("an interrupt feeds the watchdog, which would never notice that the application hangs");
  device(DEVICE_WATCHDOG_FEED, (double)timeoutMilliseconds / 1000, 0);
  return ESP_OK;
}
