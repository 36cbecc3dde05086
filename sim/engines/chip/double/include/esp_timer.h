#ifndef TALLY_DOUBLE_ESP_TIMER_H
#define TALLY_DOUBLE_ESP_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#include "esp_err.h"

typedef struct esp_timer *esp_timer_handle_t;
typedef void (*esp_timer_cb_t)(void *argument);
typedef enum { ESP_TIMER_TASK, ESP_TIMER_ISR, ESP_TIMER_MAX } esp_timer_dispatch_t;

typedef struct {
  esp_timer_cb_t callback;
  void *arg;
  esp_timer_dispatch_t dispatch_method;
  const char *name;
  bool skip_unhandled_events;
} esp_timer_create_args_t;

esp_err_t esp_timer_create(const esp_timer_create_args_t *arguments, esp_timer_handle_t *timer);
/* Refused while the timer runs. */
esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t periodMicroseconds);
/* Refused while it does not. */
esp_err_t esp_timer_stop(esp_timer_handle_t timer);

#endif
