#include "esp_task_wdt.h"
#include "sdkconfig.h"
#include "xsHost.h"
#include "xsmc.h"

#if !CONFIG_ESP_TASK_WDT_INIT || !CONFIG_ESP_TASK_WDT_PANIC
#error "sdkconfig: CONFIG_ESP_TASK_WDT_EN=y, CONFIG_ESP_TASK_WDT_INIT=y and CONFIG_ESP_TASK_WDT_PANIC=y are needed"
#endif

static esp_task_wdt_user_handle_t application;
static uint32_t timeoutMilliseconds;

void xs_tally_watchdog_feed(xsMachine *the) {
  /* The event loop, which the SDK feeds for, may rest for nearly as long as it was built for (xsHost.c). */
  int seconds = xsmcToInteger(xsArg(0));
  if (seconds < CONFIG_ESP_TASK_WDT_TIMEOUT_S) seconds = CONFIG_ESP_TASK_WDT_TIMEOUT_S;
  const esp_task_wdt_config_t config = {
      .timeout_ms = (uint32_t)seconds * 1000,
      .idle_core_mask = 0,
      .trigger_panic = true,
  };
  if (application == NULL) ESP_ERROR_CHECK(esp_task_wdt_add_user("application", &application));
  if (config.timeout_ms != timeoutMilliseconds) ESP_ERROR_CHECK(esp_task_wdt_reconfigure(&config));
  timeoutMilliseconds = config.timeout_ms;
  ESP_ERROR_CHECK(esp_task_wdt_reset_user(application));
}
