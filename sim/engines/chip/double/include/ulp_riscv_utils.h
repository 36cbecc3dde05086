#ifndef TALLY_DOUBLE_ULP_RISCV_UTILS_H
#define TALLY_DOUBLE_ULP_RISCV_UTILS_H

#include <stdint.h>

/* The core runs on the fast RC oscillator, 17.5 MHz. */
#define ULP_RISCV_CYCLES_PER_US 17.5

void ulp_riscv_delay_cycles(uint32_t cycles);
void ulp_riscv_wakeup_main_processor(void);

#endif
