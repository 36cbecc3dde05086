#include "instructions.h"

uint64_t instructionsRetired(void) { return 0; }

void instructionsBegin(void) {}

void instructionsEnd(void) {}

uint64_t instructionsCounted(void) { return 0; }

void instructionsClear(void) {}
