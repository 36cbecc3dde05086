#ifndef TALLY_DOUBLE_ESP_ROM_SYS_H
#define TALLY_DOUBLE_ESP_ROM_SYS_H

#include <stdint.h>

/* Waits busily: interrupts go on, tasks don't. */
void esp_rom_delay_us(uint32_t microseconds);

#endif
