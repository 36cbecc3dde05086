#ifndef TALLY_DOUBLE_FREERTOS_H
#define TALLY_DOUBLE_FREERTOS_H

#include <stdint.h>

#include "sdkconfig.h"

typedef int BaseType_t;
typedef uint32_t TickType_t;

#define pdMS_TO_TICKS(milliseconds) ((TickType_t)((uint64_t)(milliseconds) * CONFIG_FREERTOS_HZ / 1000))

#endif
