#ifndef TALLY_DOUBLE_ESP_TASK_WDT_H
#define TALLY_DOUBLE_ESP_TASK_WDT_H

#include <stdbool.h>
#include <stdint.h>

#include "esp_err.h"

typedef struct esp_task_wdt_user *esp_task_wdt_user_handle_t;

typedef struct {
  uint32_t timeout_ms;
  uint32_t idle_core_mask;
  bool trigger_panic;
} esp_task_wdt_config_t;

esp_err_t esp_task_wdt_add_user(const char *name, esp_task_wdt_user_handle_t *user);
esp_err_t esp_task_wdt_reconfigure(const esp_task_wdt_config_t *config);
esp_err_t esp_task_wdt_reset_user(esp_task_wdt_user_handle_t user);

#endif
