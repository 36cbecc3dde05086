/* The functions of the firmware's native modules, by the names that their bindings know them by. */
#ifndef TALLY_NATIVE_FUNCTIONS_H
#define TALLY_NATIVE_FUNCTIONS_H

#include "xsAll.h"

/*
 * Makes the globals `native(name)`, which gives a function, and `Native(destructorName)`, which gives a constructor of
 * objects that C keeps its data with: what `xsc` compiles on the chip.
 */
void nativeFunctionsDefine(txMachine *the);

/* From now on they may be called: modules have loaded. */
void nativeFunctionsAllow(void);

#endif
