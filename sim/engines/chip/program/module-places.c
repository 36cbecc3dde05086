#include "module-places.h"

#include <string.h>

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

/* Cuts the last segment off: "firmware/legal/" becomes "firmware/". Returns 0 at the top. */
static int cutSegment(char *folder) {
  size_t length = strlen(folder);
  if (length == 0) return 0;
  length--;
  while (length > 0 && folder[length - 1] != '/') length--;
  folder[length] = 0;
  return 1;
}

const char *moduleResolve(const char *referrer, const char *specifier, char *name) {
  if (strlen(referrer) + strlen(specifier) >= MODULE_NAME_BYTES) return "the name is too long";
  if (specifier[0] != '.') {
    strcpy(name, specifier);
    return replace(referrer, name) ? NULL : "the SDK has no such module here";
  }
  strcpy(name, referrer);
  char *slash = strrchr(name, '/');
  name[slash ? slash - name + 1 : 0] = 0;
  for (;;) {
    if (strncmp(specifier, "./", 2) == 0) {
      specifier += 2;
    } else if (strncmp(specifier, "../", 3) == 0) {
      specifier += 3;
      if (!cutSegment(name)) return "it leaves the folder of modules";
    } else {
      break;
    }
  }
  strcat(name, specifier);
  replace(referrer, name);
  return NULL;
}
