#ifndef TALLY_DOUBLE_ULP_LP_CORE_H
#define TALLY_DOUBLE_ULP_LP_CORE_H

#include <stddef.h>
#include <stdint.h>

#include "esp_bit_defs.h"
#include "esp_err.h"

#define ULP_LP_CORE_WAKEUP_SOURCE_LP_TIMER BIT(4)

typedef struct {
  uint32_t wakeup_source;
  uint32_t lp_timer_sleep_duration_us;
} ulp_lp_core_cfg_t;

/* Stops the core, clears its memory and puts the program there. */
esp_err_t ulp_lp_core_load_binary(const uint8_t *program, size_t byteLength);
/* With the timer, for the first time one period from now. */
esp_err_t ulp_lp_core_run(ulp_lp_core_cfg_t *config);
void ulp_lp_core_stop(void);

#endif
