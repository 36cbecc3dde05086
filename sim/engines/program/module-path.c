#include "module-path.h"

#include <string.h>

#include "modules.h"

/* Cuts the last segment off: "firmware/legal/" becomes "firmware/". Returns 0 at the top. */
static int cutSegment(char *folder) {
  size_t length = strlen(folder);
  if (length == 0) return 0;
  length--;
  while (length > 0 && folder[length - 1] != '/') length--;
  folder[length] = 0;
  return 1;
}

const char *modulePath(const char *referrer, const char *specifier, char *name) {
  if (strlen(referrer) + strlen(specifier) >= MODULE_NAME_BYTES) return "the name is too long";
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
  if (strstr(specifier, "/../") || strstr(specifier, "/./")) return "dots may only stand at the beginning";
  strcat(name, specifier);
  return NULL;
}
