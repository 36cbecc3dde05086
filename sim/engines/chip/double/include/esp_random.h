#ifndef TALLY_DOUBLE_ESP_RANDOM_H
#define TALLY_DOUBLE_ESP_RANDOM_H

#include <stddef.h>

void esp_fill_random(void *target, size_t byteLength);

#endif
