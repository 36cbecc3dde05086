#include "end-of-run.h"

jmp_buf endOfRun;

void runEnd(void) { longjmp(endOfRun, 1); }
