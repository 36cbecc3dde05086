#include <stdio.h>
#include <stdlib.h>

#include "failure.h"
#include "modules.h"

static const char *folder;
static char *text;

const char *modulesOpen(int count, char **arguments) {
  if (count != 3) fail("usage: xs-host <folder of modules> <first module>");
  folder = arguments[1];
  return arguments[2];
}

const char *moduleText(const char *name, size_t *byteLength) {
  char path[4096];
  if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) >= sizeof path) return NULL;
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  size_t length = 0;
  size_t capacity = 0;
  for (;;) {
    if (length + 1 >= capacity) {
      capacity = capacity ? 2 * capacity : 64 * 1024;
      text = realloc(text, capacity);
      if (!text) fail("no memory for the text of %s", name);
    }
    const size_t count = fread(text + length, 1, capacity - length - 1, file);
    if (count == 0) break;
    length += count;
  }
  const int failed = ferror(file);
  fclose(file);
  if (failed) return NULL;
  text[length] = 0;
  *byteLength = length;
  return text;
}
