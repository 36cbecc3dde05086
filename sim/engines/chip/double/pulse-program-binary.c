/*
 * What stands in the image for the low-power program. The process has the program itself in it, so that these bytes are
 * only what the firmware knows it by.
 */
#include "low-power-program.h"
#include "sdkconfig.h"

#if CONFIG_ULP_COPROC_ENABLED
__asm__(
    ".data\n"
    ".globl _binary_pulse_program_bin_start\n"
    ".globl _binary_pulse_program_bin_end\n"
    "_binary_pulse_program_bin_start:\n"
    ".byte 0\n"
    ".ascii \"the low-power program of a double\"\n"
    "_binary_pulse_program_bin_end:\n"
    ".text\n");

extern uint8_t binaryStart[] __asm__("_binary_pulse_program_bin_start");

void programReplace(void) { binaryStart[0]++; }
#endif
