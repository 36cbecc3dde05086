#ifndef TALLY_DOUBLE_ESP_SYSTEM_H
#define TALLY_DOUBLE_ESP_SYSTEM_H

#include "esp_err.h"

/* In the order of ESP-IDF, whose numbers go into nothing of ours. */
typedef enum {
  ESP_RST_UNKNOWN,
  ESP_RST_POWERON,
  ESP_RST_EXT,
  ESP_RST_SW,
  ESP_RST_PANIC,
  ESP_RST_INT_WDT,
  ESP_RST_TASK_WDT,
  ESP_RST_WDT,
  ESP_RST_DEEPSLEEP,
  ESP_RST_BROWNOUT,
  ESP_RST_SDIO,
  ESP_RST_USB,
  ESP_RST_JTAG,
  ESP_RST_EFUSE,
  ESP_RST_PWR_GLITCH,
  ESP_RST_CPU_LOCKUP,
} esp_reset_reason_t;

typedef void (*shutdown_handler_t)(void);

esp_reset_reason_t esp_reset_reason(void);
/* Five at most; each is called once, the last one first, when the software restarts the chip. */
esp_err_t esp_register_shutdown_handler(shutdown_handler_t handler);
_Noreturn void esp_restart(void);

#endif
