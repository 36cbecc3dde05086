#ifndef TALLY_DOUBLE_ULP_RISCV_H
#define TALLY_DOUBLE_ULP_RISCV_H

#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"

/* Stops the core, clears its memory and puts the program there. */
esp_err_t ulp_riscv_load_binary(const uint8_t *program, size_t byteLength);
esp_err_t ulp_set_wakeup_period(size_t index, uint32_t microseconds);
esp_err_t ulp_riscv_run(void);
void ulp_riscv_timer_stop(void);
void ulp_riscv_halt(void);

#endif
