#ifndef TALLY_DOUBLE_CACHE_UTILS_H
#define TALLY_DOUBLE_CACHE_UTILS_H

#include <stdbool.h>

/* False while flash is written or erased: code and constants in it are out of reach. */
bool spi_flash_cache_enabled(void);

#endif
