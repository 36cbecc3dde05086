#ifndef TALLY_ESP_ROM_H
#define TALLY_ESP_ROM_H

#include <stdint.h>

/* What somebody waits for busily is over. */
void romDelayOver(void);

/* Waits until then, while the world goes on. */
void romWait(uint32_t microseconds);

#endif
