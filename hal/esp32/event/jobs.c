/* On its own, because the engine's inner header and its API's do not go together. */
#include "xsAll.h"

void runJobs(txMachine *the);

void runJobs(txMachine *the) {
  while (mxPendingJobs.value.reference->next != NULL) fxRunPromiseJobs(the);
}
