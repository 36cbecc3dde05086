#include "instructions.h"

uint64_t instructionsRetired(void) { return 0; }
