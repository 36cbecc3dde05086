/* The functions of `hal/base/bytes.ts` in native code. */
#ifndef TALLY_BYTE_NATIVES_H
#define TALLY_BYTE_NATIVES_H

#include "xsAll.h"

/* Makes the global object `hostBytes` that sim/engines/hosted/bytes.ts takes them from. */
void byteNativesDefine(txMachine *the);

#endif
