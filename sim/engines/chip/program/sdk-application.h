/* machine.h, for sources that see the engine's API instead of what is inside it. */
#ifndef TALLY_SDK_APPLICATION_H
#define TALLY_SDK_APPLICATION_H

#include "xs.h"

xsMachine *machineRun(void);
void machineDelete(xsMachine *the);

#endif
