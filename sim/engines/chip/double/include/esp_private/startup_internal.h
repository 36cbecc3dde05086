#ifndef TALLY_DOUBLE_STARTUP_INTERNAL_H
#define TALLY_DOUBLE_STARTUP_INTERNAL_H

#include "esp_bit_defs.h"
#include "esp_err.h"

/* Functions that ESP-IDF's start calls before the application, those of the stage in order of their numbers. */
struct esp_init_function {
  esp_err_t (*function)(void);
  const char *stage;
  unsigned long cores;
  int priority;
};

#define ESP_SYSTEM_INIT_FN(name, stage, coreMask, order, ...)                                        \
  static esp_err_t __VA_ARGS__ name##Initialize(void);                                               \
  static const struct esp_init_function name##Entry                                                  \
      __attribute__((used, section("init_functions"))) = {name##Initialize, #stage, coreMask, order};        \
  static esp_err_t name##Initialize(void)

#endif
