/* The exception that the machine has now, for people. */
#ifndef TALLY_EXCEPTION_TEXT_H
#define TALLY_EXCEPTION_TEXT_H

#include "xsAll.h"

/* Its stack where it has one. Telling it runs code, which can fail in turn. */
void exceptionText(txMachine *the, char *text, size_t byteLength);

#endif
