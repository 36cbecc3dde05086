#ifndef TALLY_DOUBLE_ESP_BIT_DEFS_H
#define TALLY_DOUBLE_ESP_BIT_DEFS_H

#define BIT(position) (1UL << (position))
#define BIT64(position) (1ULL << (position))

#endif
