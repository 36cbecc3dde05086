/* The functions of `hal/base/bytes.ts` in native code. */
#ifndef TALLY_BYTE_NATIVES_H
#define TALLY_BYTE_NATIVES_H

#include "xsAll.h"

/* Makes the global object `nativeBytes` that sim/engines/process/bytes.ts takes them from. */
void byteNativesDefine(txMachine *the);

#endif
