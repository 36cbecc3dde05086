#include "esp_timer.h"

#include <stddef.h>

#include "chip-time.h"
#include "device.h"
#include "esp-timer.h"
#include "resets.h"

struct esp_timer {
  esp_timer_create_args_t arguments;
};

/* One timer is all that the firmware has. */
static struct esp_timer timer;
static int isCreated;
/* ESP-IDF's start has come that far. */
static int areThere;

static void poll(void) { timer.arguments.callback(timer.arguments.arg); }

static struct poller poller = {.poll = poll};

struct poller *espTimerPoller(void) { return &poller; }

void espTimersStart(void) { areThere = 1; }

void espTimersReset(void) {
  areThere = 0;
  isCreated = 0;
  pollerStop(&poller);
}

esp_err_t esp_timer_create(const esp_timer_create_args_t *arguments, esp_timer_handle_t *created) {
  if (arguments == NULL || arguments->callback == NULL || created == NULL) return ESP_ERR_INVALID_ARG;
  if (!areThere) return ESP_ERR_INVALID_STATE;
  if (isCreated) return ESP_ERR_NO_MEM;
  if (arguments->dispatch_method != ESP_TIMER_ISR) fault("a timer's task stands still while flash is erased");
  isCreated = 1;
  timer.arguments = *arguments;
  *created = &timer;
  return ESP_OK;
}

esp_err_t esp_timer_start_periodic(esp_timer_handle_t started, uint64_t periodMicroseconds) {
  if (started != &timer) return ESP_ERR_INVALID_ARG;
  if (poller.isRunning) return ESP_ERR_INVALID_STATE;
  pollerStart(&poller, periodMicroseconds);
  return ESP_OK;
}

esp_err_t esp_timer_stop(esp_timer_handle_t stopped) {
  if (stopped != &timer || !poller.isRunning) return ESP_ERR_INVALID_STATE;
  pollerStop(&poller);
  return ESP_OK;
}
