#include "modules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"

/* One or several, with colons between; a module is of the first that has it. */
static const char *folders;
static char *text;
/* Where the bytecode goes, when that is what is wanted; image-modules.c reads it. */
static FILE *collection;

const char *modulesOpen(int count, char **arguments) {
  if (count != 3 && count != 4)
    fail("usage: tally-xs <folder of modules> <first module> [<file to put the bytecode in>]");
  folders = arguments[1];
  if (count == 4) {
    collection = fopen(arguments[3], "wb");
    if (!collection) fail("can't write %s", arguments[3]);
  }
  return arguments[2];
}

static FILE *openModule(const char *name) {
  char path[4096];
  for (const char *folder = folders; *folder;) {
    const size_t length = strcspn(folder, ":");
    if ((size_t)snprintf(path, sizeof path, "%.*s/%s", (int)length, folder, name) >= sizeof path) return NULL;
    FILE *const file = fopen(path, "rb");
    if (file) return file;
    folder += length + (folder[length] == ':');
  }
  return NULL;
}

static const char *readText(const char *name, size_t *byteLength) {
  FILE *file = openModule(name);
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

static void reportSyntaxError(void *console, txString path, txInteger line, txString format, c_va_list arguments) {
  char text[200];
  (void)console;
  c_vsnprintf(text, sizeof text, format, arguments);
  fail("%s, line %ld: %s", path, (long)line, text);
}

static txScript *compile(txMachine *the, const char *name, const char *text, size_t byteLength) {
  txParser parser;
  txParserJump jump;
  txScript *volatile script = NULL; /* set between setjmp and longjmp */
  txStringCStream stream = {.buffer = (txString)text, .offset = 0, .size = (txSize)byteLength};
  fxInitializeParser(&parser, the, the->parserBufferSize, the->parserTableModulo);
  parser.firstJump = &jump;
  parser.reportError = reportSyntaxError;
  if (c_setjmp(jump.jmp_buf) == 0) {
    parser.path = fxNewParserSymbol(&parser, (txString)name);
    fxParserTree(&parser, &stream, fxStringCGetter, 0, NULL);
    fxParserHoist(&parser);
    fxParserBind(&parser);
    script = fxParserCode(&parser);
  }
  fxTerminateParser(&parser);
  return script;
}

static void collect(const char *name, const txScript *script) {
  const uint32_t lengths[3] = {(uint32_t)strlen(name) + 1, (uint32_t)script->symbolsSize, (uint32_t)script->codeSize};
  fwrite(lengths, sizeof lengths, 1, collection);
  fwrite(name, lengths[0], 1, collection);
  fwrite(script->symbolsBuffer, lengths[1], 1, collection);
  fwrite(script->codeBuffer, lengths[2], 1, collection);
}

txScript *moduleScript(txMachine *the, const char *name) {
  size_t byteLength;
  const char *source = readText(name, &byteLength);
  if (!source) fail("there is no module %s", name);
  txScript *script = compile(the, name, source, byteLength);
  if (!script) fail("no memory to compile %s", name);
  if (collection) collect(name, script);
  return script;
}

void modulesLoaded(void) {
  if (!collection) return;
  const int failed = ferror(collection);
  if (fclose(collection) != 0 || failed) fail("can't write the bytecode");
  exit(EXIT_SUCCESS);
}
