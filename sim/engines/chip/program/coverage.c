#include "coverage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_STATEMENTS 4096

static const char *path;
static uint8_t hasRun[MOST_STATEMENTS];

static void tell(void) {
  FILE *const file = fopen(path, "a");
  if (!file) return;
  for (int number = 0; number < MOST_STATEMENTS; number++)
    if (hasRun[number]) fprintf(file, "%d\n", number);
  fclose(file);
}

int coverageTake(const char *option) {
  static const char prefix[] = "covered:";
  if (strncmp(option, prefix, sizeof prefix - 1) != 0) return 0;
  path = option + sizeof prefix - 1;
  atexit(tell);
  return 1;
}

static void covered(txMachine *the) {
  const txInteger number = fxToInteger(the, mxArgv(0));
  if (number >= 0 && number < MOST_STATEMENTS) hasRun[number] = 1;
}

void coverageDefine(txMachine *the) {
  const txID id = fxID(the, "hostCovered");
  if (path == NULL) return;
  fxNewHostFunction(the, covered, 1, id, XS_NO_ID);
  mxPush(mxGlobal);
  mxSetID(id);
  mxPop();
}
