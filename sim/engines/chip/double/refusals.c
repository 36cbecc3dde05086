#include "refusals.h"

#include <stdlib.h>
#include <string.h>

#define MOST_REFUSALS 8

struct refusal {
  const char *function;
  size_t nameBytes;
  long calls; /* that still work */
};

static struct refusal refusals[MOST_REFUSALS];
static int count;

int refusalTake(const char *option) {
  static const char prefix[] = "refuse:";
  if (strncmp(option, prefix, sizeof prefix - 1) != 0 || count == MOST_REFUSALS) return 0;
  const char *const function = option + sizeof prefix - 1;
  const size_t nameBytes = strcspn(function, ":");
  const long calls = function[nameBytes] == ':' ? strtol(function + nameBytes + 1, NULL, 10) : 0;
  refusals[count++] = (struct refusal){function, nameBytes, calls};
  return 1;
}

int isRefused(const char *function) {
  for (struct refusal *refusal = refusals; refusal < refusals + count; refusal++) {
    if (strlen(function) != refusal->nameBytes || memcmp(refusal->function, function, refusal->nameBytes) != 0)
      continue;
    if (refusal->calls == 0) return 1;
    refusal->calls--;
  }
  return 0;
}
