#include "refusals.h"

#include <string.h>

#define MOST_REFUSALS 8

static const char *refused[MOST_REFUSALS];
static int count;

int refusalTake(const char *option) {
  static const char prefix[] = "refuse:";
  if (strncmp(option, prefix, sizeof prefix - 1) != 0 || count == MOST_REFUSALS) return 0;
  refused[count++] = option + sizeof prefix - 1;
  return 1;
}

int isRefused(const char *function) {
  for (int index = 0; index < count; index++)
    if (strcmp(refused[index], function) == 0) return 1;
  return 0;
}
