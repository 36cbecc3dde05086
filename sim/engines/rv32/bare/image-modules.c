/* The application's bytecode in the image, as modules-folder.c of the XS program has put it together. */
#include "modules.h"

#include <string.h>

#include "failure.h"
#include "module-image.h"

/* For each module: u32 lengths of name, symbols and code, then those. The first is where to begin. */
extern uint8_t moduleImage[];
extern uint8_t moduleImageEnd[];

extern void fxRemapIDs(txMachine *the, txByte *codeBuffer, txSize codeSize, txID *theIDs);

struct module {
  uint32_t lengths[3];
  char *name;
  char *symbols;
  uint8_t *code;
};

static struct module moduleAt(uint8_t *start) {
  struct module module;
  memcpy(module.lengths, start, sizeof module.lengths);
  module.name = (char *)start + sizeof module.lengths;
  module.symbols = module.name + module.lengths[0];
  module.code = (uint8_t *)module.symbols + module.lengths[1];
  return module;
}

const char *modulesOpen(int count, char **arguments) {
  (void)count;
  (void)arguments;
  return moduleAt(moduleImage).name;
}

/* Puts this machine's numbers for the symbols in the place of the module's own. */
static void numberSymbols(txMachine *the, const struct module *module) {
  const char *symbol = module->symbols;
  txID count;
  memcpy(&count, symbol, sizeof count);
  symbol += sizeof count;
  mxPushUndefined();
  the->stack->value.callback.address = C_NULL;
  the->stack->value.IDs = (txID *)fxNewChunk(the, count * (txSize)sizeof(txID));
  the->stack->kind = XS_IDS_KIND;
  the->stack->value.IDs[0] = XS_NO_ID;
  for (txID index = 1; index < count; index++) {
    const txID id = fxNewNameC(the, (txString)symbol);
    the->stack->value.IDs[index] = id;
    symbol += strlen(symbol) + 1;
  }
  fxRemapIDs(the, (txByte *)module->code, (txSize)module->lengths[2], the->stack->value.IDs);
  mxPop();
}

/* Length of the instruction at `code`: the engine has it in a table, or after the opcode when that says so. */
static size_t instructionLength(const uint8_t *code) {
  const int length = gxCodeSizes[*code];
  uint16_t half;
  uint32_t word;
  switch (length) {
    case 0:
      return 1 + sizeof(txID);
    case -1:
      return 2u + code[1];
    case -2:
      memcpy(&half, code + 1, sizeof half);
      return 3u + half;
    case -4:
      memcpy(&word, code + 1, sizeof word);
      return 5u + word;
    default:
      return (size_t)length;
  }
}

/*
 * Functions and strings stay where they are, in flash, as the SDK's linker has it: otherwise the engine would copy each
 * into a chunk whenever it comes to it.
 */
static void leaveInFlash(uint8_t *code, size_t byteLength) {
  static const uint8_t replaced[][2] = {
      {XS_CODE_CODE_1, XS_CODE_CODE_ARCHIVE_1},       {XS_CODE_CODE_2, XS_CODE_CODE_ARCHIVE_2},
      {XS_CODE_CODE_4, XS_CODE_CODE_ARCHIVE_4},       {XS_CODE_STRING_1, XS_CODE_STRING_ARCHIVE_1},
      {XS_CODE_STRING_2, XS_CODE_STRING_ARCHIVE_2}, {XS_CODE_STRING_4, XS_CODE_STRING_ARCHIVE_4}};
  const uint8_t *const end = code + byteLength;
  for (size_t length; code < end; code += length) {
    length = instructionLength(code);
    for (size_t index = 0; index < sizeof replaced / sizeof *replaced; index++)
      if (*code == replaced[index][0]) {
        *code = replaced[index][1];
        break;
      }
  }
}

txScript *moduleScript(txMachine *the, const char *name) {
  static txScript script;
  uint8_t *next = moduleImage;
  while (next < moduleImageEnd) {
    const struct module module = moduleAt(next);
    next = module.code + module.lengths[2];
    if (strcmp(module.name, name) != 0) continue;
    numberSymbols(the, &module);
    leaveInFlash(module.code, module.lengths[2]);
    /* Without symbols the engine runs the code where it is, and frees nothing. */
    script = (txScript){.codeBuffer = (txS1 *)module.code,
                        .codeSize = (txSize)module.lengths[2],
                        .path = module.name,
                        .version = {XS_MAJOR_VERSION, XS_MINOR_VERSION, XS_PATCH_VERSION, 0}};
    return &script;
  }
  fail("there is no module %s", name);
}

void modulesLoaded(void) {}

const char *moduleNameAt(const uint8_t *place) {
  uint8_t *next = moduleImage;
  while (next < moduleImageEnd) {
    const struct module module = moduleAt(next);
    next = module.code + module.lengths[2];
    if (place >= module.code && place < next) return module.name;
  }
  return "(none)";
}
