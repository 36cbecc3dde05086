/* As ESP-IDF's build makes it of the low-power program: its variables, for the main core. */
#ifndef TALLY_DOUBLE_PULSE_PROGRAM_H
#define TALLY_DOUBLE_PULSE_PROGRAM_H

#include <stdint.h>

extern uint32_t ulp_station[];

#endif
