#include "module-places.h"

#include <string.h>

#include "module-path.h"
#include "modules.h"

#define MOST_PLACES 32

static struct place {
  char name[MODULE_NAME_BYTES];
  char importer[MODULE_NAME_BYTES]; /* empty for any */
  char file[MODULE_NAME_BYTES];
} places[MOST_PLACES];
static int placeCount;

static void copy(char *target, const char *from, size_t byteLength) {
  if (byteLength >= MODULE_NAME_BYTES) byteLength = MODULE_NAME_BYTES - 1;
  memcpy(target, from, byteLength);
  target[byteLength] = 0;
}

int modulePlaceTake(const char *option) {
  static const char prefix[] = "module:";
  const char *const equals = strchr(option, '=');
  if (strncmp(option, prefix, sizeof prefix - 1) != 0 || equals == NULL || placeCount == MOST_PLACES) return 0;
  const char *const name = option + sizeof prefix - 1;
  const char *const at = memchr(name, '@', (size_t)(equals - name));
  struct place *place = &places[placeCount++];
  copy(place->name, name, (size_t)((at ? at : equals) - name));
  copy(place->importer, at ? at + 1 : "", at ? (size_t)(equals - at - 1) : 0);
  copy(place->file, equals + 1, strlen(equals + 1));
  return 1;
}

static int replace(const char *referrer, char *name) {
  for (int index = 0; index < placeCount; index++) {
    const struct place *place = &places[index];
    if (strcmp(place->name, name) != 0) continue;
    if (place->importer[0] != 0 && strcmp(place->importer, referrer) != 0) continue;
    strcpy(name, place->file);
    return 1;
  }
  return 0;
}

const char *moduleResolve(const char *referrer, const char *specifier, char *name) {
  if (specifier[0] != '.') {
    if (strlen(specifier) >= MODULE_NAME_BYTES) return "the name is too long";
    strcpy(name, specifier);
    return replace(referrer, name) ? NULL : "the SDK has no such module here";
  }
  const char *const wrong = modulePath(referrer, specifier, name);
  if (wrong) return wrong;
  replace(referrer, name);
  return NULL;
}
