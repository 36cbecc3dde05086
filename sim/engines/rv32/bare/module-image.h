#ifndef TALLY_MODULE_IMAGE_H
#define TALLY_MODULE_IMAGE_H

#include <stdint.h>

/* The name of the module whose bytecode holds `place`; "(none)" when it is no module's. */
const char *moduleNameAt(const uint8_t *place);

#endif
