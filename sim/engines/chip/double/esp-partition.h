#ifndef TALLY_ESP_PARTITION_H
#define TALLY_ESP_PARTITION_H

#include <stdint.h>

/* Each erase of a sector takes so long from now on; none by itself, though of a real one it is tens of milliseconds. */
void partitionErasesTake(uint32_t microseconds);

#endif
