/* The package's XS is older than the SDK's: what that has more. */
#ifndef TALLY_DOUBLE_XSMC_H
#define TALLY_DOUBLE_XSMC_H

#include_next <xsmc.h>

#define xsmcToReference(slot) fxToReference(the, &(slot))

#endif
